import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ImpactCommand, ImpactFacts, impactFacts } from './impact-fields.js';

@CommandInput('Records a harm or loss: who suffers it, of what sort and how much, and what is said to have led to it.')
export class RecordImpact extends ImpactCommand {
  @OptionalId('The id of the new impact, if you choose it: a UUID in lower case.')
  impactId?: string | null;
}

@ObjectType({ description: 'A harm or loss was recorded.' })
@StoredEvent<ImpactRecorded>('ImpactRecorded', {
  version: 1,
  stix: 'impact',
  summary: ({ description }) => `Impact recorded: ${excerpt(description?.text)}`,
})
export class ImpactRecorded extends ImpactFacts {}

export const recordImpact = slice<CaseState, RecordImpact>(RecordImpact, (command, state, context) => {
  requireOpen(state);
  const facts = impactFacts(command, state);
  return [event(ImpactRecorded, { impactId: newRecordId(state, command.impactId, context), ...facts })];
});
