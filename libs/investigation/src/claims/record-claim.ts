import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ClaimCommand, ClaimFacts, claimFacts } from './claim-fields.js';

@CommandInput(
  'Records what somebody claims of products or models: that they equal others, on which criteria, at what cost.',
)
export class RecordClaim extends ClaimCommand {
  @OptionalId('The id of the new claim, if you choose it: a UUID in lower case.')
  claimId?: string | null;
}

@ObjectType({ description: 'A claim about products was recorded.' })
@StoredEvent<ClaimRecorded>('ClaimRecorded', {
  version: 1,
  stix: 'note',
  summary: ({ text }) => `Claim recorded: ${excerpt(text.text)}`,
})
export class ClaimRecorded extends ClaimFacts {}

export const recordClaim = slice<CaseState, RecordClaim>(RecordClaim, (command, state, context) => {
  requireOpen(state);
  const facts = claimFacts(command, state);
  return [event(ClaimRecorded, { claimId: newRecordId(state, command.claimId, context), ...facts })];
});
