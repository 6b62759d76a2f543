import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { KnowledgeCommand, KnowledgeFacts, knowledgeFacts } from './knowledge-fields.js';

@CommandInput(
  'Records that a party has known records of a case since a time: what notifications, disclosures and statements do not tell.',
)
export class RecordKnowledge extends KnowledgeCommand {
  @OptionalId('The id of what is recorded, if you choose it: a UUID in lower case.')
  knowledgeId?: string | null;
}

@ObjectType({ description: 'It was recorded that a party has known records since a time.' })
@StoredEvent<KnowledgeRecorded>('KnowledgeRecorded', {
  version: 1,
  stix: 'note: about the objects that were known, authored by who says so',
  summary: ({ about, learnedAt }) => `Knowledge recorded of ${about.length} records, since ${learnedAt}`,
})
export class KnowledgeRecorded extends KnowledgeFacts {}

export const recordKnowledge = slice<CaseState, RecordKnowledge>(RecordKnowledge, (command, state, context) => {
  requireOpen(state);
  const facts = knowledgeFacts(command, state);
  return [event(KnowledgeRecorded, { knowledgeId: newRecordId(state, command.knowledgeId, context), ...facts })];
});
