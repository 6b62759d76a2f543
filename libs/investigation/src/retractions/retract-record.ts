import { CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';
import { requireRetractable } from '../violations/violation-state.js';
import { RecordRetracted } from './record-retracted.js';

@CommandInput(
  'Takes a record of any kind back, one recorded by mistake for example: it no longer counts, nothing more happens to it, and it stays visible as retracted.',
)
export class RetractRecord extends CaseCommand {
  @Id(
    'The record: of any kind but a privilege, which is waived, and a violation under review or decided, which is dismissed.',
  )
  recordId!: string;

  @Prose('Why it is retracted.')
  reason!: string;
}

export const retractRecord = slice<CaseState, RetractRecord>(RetractRecord, ({ recordId, reason }, state) => {
  requireOpen(state);
  const { kind, retracted } = known(state.records, recordId, 'record');
  if (retracted) refuse('ALREADY_RETRACTED', `The ${kind} is retracted already.`);
  if (kind === 'privilege') refuse('NOT_RETRACTABLE', 'A privilege is waived, by its holder (waivePrivilege).');
  requireRetractable(state, recordId);
  return [event(RecordRetracted, { recordId, recordKind: kind, reason })];
});
