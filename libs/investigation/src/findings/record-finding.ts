import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { FindingCommand, FindingFacts, findingFacts } from './finding-fields.js';

@CommandInput('Records what the investigation found, with what it rests on and what speaks against it.')
export class RecordFinding extends FindingCommand {
  @OptionalId('The id of the new finding, if you choose it: a UUID in lower case.')
  findingId?: string | null;
}

@ObjectType({ description: 'A finding was recorded.' })
@StoredEvent<FindingRecorded>('FindingRecorded', {
  version: 1,
  stix: 'report: object_refs to what it rests on; confidence by the confidence alone',
  summary: ({ text }) => `Finding recorded: ${excerpt(text.text)}`,
})
export class FindingRecorded extends FindingFacts {}

export const recordFinding = slice<CaseState, RecordFinding>(RecordFinding, (command, state, context) => {
  requireOpen(state);
  const facts = findingFacts(command, state);
  return [event(FindingRecorded, { findingId: newRecordId(state, command.findingId, context), ...facts })];
});
