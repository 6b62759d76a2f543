import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { PartyRelationCommand, PartyRelationFacts, partyRelationFacts } from './party-relation-fields.js';

@CommandInput('Replaces what is recorded of a relation between parties, whole; the earlier text stays in history.')
export class CorrectPartyRelation extends PartyRelationCommand {
  @Id('The relation.')
  partyRelationId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a relation between two parties was replaced, whole.' })
@StoredEvent<PartyRelationCorrected>('PartyRelationCorrected', {
  version: 1,
  stix: 'relationship: a later version of it (modified)',
  summary: ({ reason }) => `Relation corrected: ${excerpt(reason)}`,
})
export class PartyRelationCorrected extends PartyRelationFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctPartyRelation = slice<CaseState, CorrectPartyRelation>(CorrectPartyRelation, (command, state) => {
  requireOpen(state);
  const { partyRelationId, reason } = command;
  const relation = standing(state.partyRelations, partyRelationId, 'relation');
  const facts = partyRelationFacts(command, state);
  requireChanged(relation, facts);
  return [event(PartyRelationCorrected, { partyRelationId, ...facts, reason })];
});
