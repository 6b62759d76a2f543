import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { AuthorityRequestCommand, AuthorityRequestFacts, authorityRequestFacts } from './authority-request-fields.js';

@CommandInput('Records that an authority asked for something or ordered it: to preserve, to inform, to produce.')
export class RecordAuthorityRequest extends AuthorityRequestCommand {
  @OptionalId('The id of the new request, if you choose it: a UUID in lower case.')
  authorityRequestId?: string | null;
}

@ObjectType({ description: 'A request or order of an authority was received.' })
@StoredEvent<AuthorityRequestReceived>('AuthorityRequestReceived', {
  version: 1,
  stix: 'task: external-outreach',
  summary: ({ requestKind, description }) =>
    `Request of an authority received (${requestKind}): ${excerpt(description?.text)}`,
})
export class AuthorityRequestReceived extends AuthorityRequestFacts {}

export const recordAuthorityRequest = slice<CaseState, RecordAuthorityRequest>(
  RecordAuthorityRequest,
  (command, state, context) => {
    requireOpen(state);
    const facts = authorityRequestFacts(command, state);
    const authorityRequestId = newRecordId(state, command.authorityRequestId, context);
    return [event(AuthorityRequestReceived, { authorityRequestId, ...facts })];
  },
);
