import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { IdentityCommand, IdentityFacts, identityFacts } from './identity-fields.js';

@CommandInput(
  'Replaces an assessment of identity, whole, because it was recorded wrongly; one that is another now is revised (reviseAssessment).',
)
export class CorrectIdentity extends IdentityCommand {
  @Id('The assessment.')
  identityId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'An assessment of identity was replaced, whole.' })
@StoredEvent<IdentityCorrected>('IdentityCorrected', {
  version: 1,
  stix: 'relationship: a later version of it (modified)',
  summary: ({ reason }) => `Assessment of identity corrected: ${excerpt(reason)}`,
})
export class IdentityCorrected extends IdentityFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctIdentity = slice<CaseState, CorrectIdentity>(CorrectIdentity, (command, state) => {
  requireOpen(state);
  const { identityId, reason } = command;
  const identity = standing(state.identities, identityId, 'assessment of identity');
  const facts = identityFacts(command, state);
  requireChanged(identity, facts);
  return [event(IdentityCorrected, { identityId, ...facts, reason })];
});
