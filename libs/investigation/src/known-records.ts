import { refuse } from '#event-sourcing/refusal.js';
import { type Context, type Frozen } from '#event-sourcing/slice.js';
import { type PartiesState } from './parties/party-state.js';
import { type RecordState } from './record-state.js';

/** The part of a case's state that finds its records. */
export interface WithRecords {
  /** Every record by id, whatever its kind. */
  records: Map<string, RecordState>;
}

/** Puts a new record where its capability and the references find it. */
export function addRecord<R extends RecordState>(
  state: WithRecords,
  collection: Map<string, R>,
  id: string,
  record: R,
): void {
  record.firstRevision = record.revision;
  collection.set(id, record);
  state.records.set(id, record);
}

/** The record of that id, or a refusal with NOT_FOUND that names the kind. */
export function known<R>(collection: ReadonlyMap<string, R>, id: string, kind: string): R {
  return collection.get(id) ?? refuse('NOT_FOUND', `There is no ${kind} ${id} in this case.`);
}

/** Refuses with NOT_FOUND if any of the ids is no party of this case. */
export function requireParties(state: Frozen<PartiesState>, ids: readonly (string | null | undefined)[]): void {
  for (const id of ids) if (id) known(state.parties, id, 'party');
}

/** Refuses with NOT_FOUND if any of the ids is no record of this case. */
export function requireRecords(state: Frozen<WithRecords>, ids: readonly string[]): void {
  for (const id of ids) known(state.records, id, 'record');
}

/** The id of a new record: the client's if it gave one that is free (neither a record's nor the case's), else derived from the command. */
export function newRecordId(
  state: Frozen<WithRecords>,
  given: string | null | undefined,
  context: Pick<Context, 'newId' | 'subjectId'>,
): string {
  const id = given ?? context.newId();
  if (id === context.subjectId || state.records.has(id))
    refuse('ALREADY_EXISTS', `The id ${id} is taken in this case; choose another, or leave it to us.`);
  return id;
}
