import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { concealed, IdentifierCommand, IdentifierFacts, identifierFacts } from './identifier-fields.js';

@CommandInput(
  'Records an identifier of a subject: an account, key, address or the like. Where another case has the same, whoever may see both is shown that; else the leads of both are asked to talk.',
)
export class RecordIdentifier extends IdentifierCommand {
  @OptionalId('The id of the new record, if you choose it: a UUID in lower case.')
  identifierId?: string | null;
}

@ObjectType({ description: 'An identifier of a subject was recorded.' })
@StoredEvent<IdentifierRecorded>('IdentifierRecorded', {
  version: 1,
  stix: 'observed-data: of a user-account, ipv4-addr, ipv6-addr, autonomous-system, email-addr or domain-name, related to the identity',
  summary: ({ identifierKind }) => `Identifier recorded: ${identifierKind}`,
})
export class IdentifierRecorded extends IdentifierFacts {}

export const recordIdentifier = slice<CaseState, RecordIdentifier>(
  RecordIdentifier,
  (command, state, context) => {
    requireOpen(state);
    const identifierId = newRecordId(state, command.identifierId, context);
    return [event(IdentifierRecorded, { identifierId, ...identifierFacts(command, state) })];
  },
  { conceal: concealed },
);
