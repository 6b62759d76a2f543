import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { KnowledgeCommand, KnowledgeFacts, knowledgeFacts } from './knowledge-fields.js';

@CommandInput("Replaces what is recorded of a party's knowledge, whole; what it said stays in history.")
export class CorrectKnowledge extends KnowledgeCommand {
  @Id('What is recorded of the knowledge.')
  knowledgeId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: "What is recorded of a party's knowledge was replaced, whole." })
@StoredEvent<KnowledgeCorrected>('KnowledgeCorrected', {
  version: 1,
  stix: 'note: a later version of it (modified)',
  summary: ({ reason }) => `Knowledge corrected: ${excerpt(reason)}`,
})
export class KnowledgeCorrected extends KnowledgeFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctKnowledge = slice<CaseState, CorrectKnowledge>(CorrectKnowledge, (command, state) => {
  requireOpen(state);
  const { knowledgeId, reason } = command;
  const knowledge = standing(state.knowledge, knowledgeId, 'knowledge');
  const facts = knowledgeFacts(command, state);
  requireChanged(knowledge, facts);
  return [event(KnowledgeCorrected, { knowledgeId, ...facts, reason })];
});
