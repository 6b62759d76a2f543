import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ReferralCommand, ReferralFacts, referralFacts } from './referral-fields.js';

@CommandInput('Replaces what is recorded of a referral, whole; the earlier text stays in history.')
export class CorrectReferral extends ReferralCommand {
  @Id('The referral.')
  referralId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a referral was replaced, whole.' })
@StoredEvent<ReferralCorrected>('ReferralCorrected', {
  version: 1,
  stix: 'task: modified',
  summary: ({ reason }) => `Referral corrected: ${excerpt(reason)}`,
})
export class ReferralCorrected extends ReferralFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctReferral = slice<CaseState, CorrectReferral>(CorrectReferral, (command, state) => {
  requireOpen(state);
  const { referralId, reason } = command;
  const referral = standing(state.referrals, referralId, 'referral');
  const facts = referralFacts(command, state);
  requireChanged(referral, facts);
  return [event(ReferralCorrected, { referralId, ...facts, reason })];
});
