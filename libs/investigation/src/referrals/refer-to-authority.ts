import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ReferralCommand, ReferralFacts, referralFacts } from './referral-fields.js';

@CommandInput('Records that a matter was referred to an authority.')
export class ReferToAuthority extends ReferralCommand {
  @OptionalId('The id of the new referral, if you choose it: a UUID in lower case.')
  referralId?: string | null;
}

@ObjectType({ description: 'A matter was referred to an authority.' })
@StoredEvent<ReferredToAuthority>('ReferredToAuthority', {
  version: 1,
  stix: 'task: reported',
  summary: ({ description }) => `Referred to an authority: ${excerpt(description?.text)}`,
})
export class ReferredToAuthority extends ReferralFacts {}

export const referToAuthority = slice<CaseState, ReferToAuthority>(ReferToAuthority, (command, state, context) => {
  requireOpen(state);
  const facts = referralFacts(command, state);
  return [event(ReferredToAuthority, { referralId: newRecordId(state, command.referralId, context), ...facts })];
});
