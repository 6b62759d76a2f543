import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { AuthorityRequestCommand, AuthorityRequestFacts, authorityRequestFacts } from './authority-request-fields.js';

@CommandInput('Replaces what is recorded of a request of an authority, whole; the earlier text stays in history.')
export class CorrectAuthorityRequest extends AuthorityRequestCommand {
  @Id('The request.')
  authorityRequestId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a request of an authority was replaced, whole.' })
@StoredEvent<AuthorityRequestCorrected>('AuthorityRequestCorrected', {
  version: 1,
  stix: 'task: modified',
  summary: ({ reason }) => `Request of an authority corrected: ${excerpt(reason)}`,
})
export class AuthorityRequestCorrected extends AuthorityRequestFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctAuthorityRequest = slice<CaseState, CorrectAuthorityRequest>(
  CorrectAuthorityRequest,
  (command, state) => {
    requireOpen(state);
    const { authorityRequestId, reason } = command;
    const request = standing(state.authorityRequests, authorityRequestId, 'request of an authority');
    const facts = authorityRequestFacts(command, state);
    requireChanged(request, facts);
    return [event(AuthorityRequestCorrected, { authorityRequestId, ...facts, reason })];
  },
);
