import { type EventHandler } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { change, on, type Project } from '#read-models/read-model.js';
import { known } from './known-records.js';
import { type RecordState } from './record-state.js';
import { RecordRetracted } from './retractions/record-retracted.js';
import { contentOf } from './same-content.js';
import { describedEnum } from './values/described-enum.js';

/**
 * A record that a `correct…` command replaces whole, with a reason, and that `retractRecord` takes back: the one way in which
 * records are corrected and retracted. A capability whose records are such has no withdraw command of its own.
 */
export interface CorrectableState extends RecordState {
  /** All that it says, as its last event gives it: to tell a correction that changes nothing. */
  facts: object;
}

export const RecordStatus = describedEnum('RecordStatus', 'Whether a record stands.', {
  RECORDED: 'As first recorded.',
  CORRECTED: 'Corrected since: it says now what the last correction says.',
  RETRACTED: 'Taken back: it no longer counts, and stays visible.',
});
export type RecordStatus = keyof typeof RecordStatus;

/** The record of that id. Refuses with NOT_FOUND, naming the kind, and with RECORD_RETRACTED. */
export function standing<R extends RecordState>(collection: ReadonlyMap<string, R>, id: string, kind: string): R {
  const record = known(collection, id, kind);
  if (record.retracted) refuse('RECORD_RETRACTED', `The ${kind} is retracted; record a new one.`);
  return record;
}

/** Refuses with NOTHING_CHANGED a correction that says what the record says already; null counts as absent. */
export function requireChanged(record: Frozen<CorrectableState>, facts: object): void {
  if (contentOf(facts) === contentOf(record.facts))
    refuse('NOTHING_CHANGED', `The ${record.kind} says exactly this already.`);
}

/** How a read model shows that a record of its kind was retracted: by the status, everything else stays. */
export const onRetracted = (kind: string, status = 'RETRACTED'): EventHandler<Project> =>
  on(RecordRetracted, ({ recordId, recordKind }) => (recordKind === kind ? [change(recordId, { status })] : []));
