import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id } from '../fields.js';
import { decideMark } from './decide-mark.js';
import { MarkCommand, MarkSet, markInWords } from './mark.js';

@CommandInput(
  'Marks a record with whose word it is: who may receive it (TLP 2.0) and what may be done with it (PAP), beside what the case is marked. Given again, it replaces the mark of the same originator; lowering that of another needs its recorded consent.',
)
export class MarkRecord extends MarkCommand {
  @Id('The record: of any kind, of this case.')
  recordId!: string;
}

@ObjectType({ description: 'A record was marked: who may receive it, what may be done with it.' })
@StoredEvent<RecordMarked>('RecordMarked', {
  version: 1,
  stix: 'marking-definition: TLP 2.0 and PAP, referred to by the object of the record (object_marking_refs)',
  summary: (event) => `Record ${event.recordId} marked ${markInWords(event)}`,
})
export class RecordMarked extends MarkSet {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;
}

export const markRecord = slice<CaseState, MarkRecord>(MarkRecord, (command, state, context) => {
  const { recordId } = command;
  known(state.records, recordId, 'record');
  return [event(RecordMarked, { recordId, ...decideMark(command, recordId, state, context) })];
});
