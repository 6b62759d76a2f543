import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { IdentityCommand, IdentityFacts, identityFacts } from './identity-fields.js';

@CommandInput(
  'Assesses whether parties of the case are one and the same. Nothing else ever says so: the parties stay apart, each with its own records.',
)
export class AssessIdentity extends IdentityCommand {
  @OptionalId('The id of the new assessment, if you choose it: a UUID in lower case.')
  identityId?: string | null;
}

@ObjectType({ description: 'Whether parties are one and the same was assessed.' })
@StoredEvent<IdentityAssessed>('IdentityAssessed', {
  version: 1,
  stix: 'relationship: related-to between the identities, with confidence; an opinion for each dissent',
  summary: ({ samePartyIds, likelihood }) =>
    `Identity of ${samePartyIds.length} parties assessed: ${likelihood ?? 'likelihood not stated'}`,
})
export class IdentityAssessed extends IdentityFacts {}

export const assessIdentity = slice<CaseState, AssessIdentity>(AssessIdentity, (command, state, context) => {
  requireOpen(state);
  const identityId = newRecordId(state, command.identityId, context);
  return [event(IdentityAssessed, { identityId, ...identityFacts(command, state) })];
});
