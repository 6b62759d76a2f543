import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ClaimCommand, ClaimFacts, claimFacts } from './claim-fields.js';

@CommandInput('Replaces what is recorded of a claim, whole; the earlier text stays in history.')
export class CorrectClaim extends ClaimCommand {
  @Id('The claim.')
  claimId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a claim was replaced, whole.' })
@StoredEvent<ClaimCorrected>('ClaimCorrected', {
  version: 1,
  stix: 'note: modified',
  summary: ({ reason }) => `Claim corrected: ${excerpt(reason)}`,
})
export class ClaimCorrected extends ClaimFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctClaim = slice<CaseState, CorrectClaim>(CorrectClaim, (command, state) => {
  requireOpen(state);
  const { claimId, reason } = command;
  const claim = standing(state.claims, claimId, 'claim');
  const facts = claimFacts(command, state);
  requireChanged(claim, facts);
  return [event(ClaimCorrected, { claimId, ...facts, reason })];
});
