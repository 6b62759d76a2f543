import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { standing } from '../correctable.js';
import { Choice, Id, Ids, OptionalId, When, Words } from '../fields.js';
import { requireRoom } from '../room.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, type TextInput } from '../values/text.js';
import { AnswerKind } from './authority-request-answer.js';

@CommandInput('Records what an authority was answered to its request; there may be several answers.')
export class AnswerAuthorityRequest extends CaseCommand {
  @Id('The request.')
  authorityRequestId!: string;

  @Choice(AnswerKind, 'How it was answered.')
  answerKind!: AnswerKind;

  @Words('What was answered.')
  description!: TextInput;

  @OptionalId('The party that answered.')
  byPartyId?: string | null;

  @Ids('Records of this case that were handed over, or that it is about.')
  about: string[] = [];

  @When('When it was answered.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A request of an authority was answered.' })
@StoredEvent<AuthorityRequestAnswered>('AuthorityRequestAnswered', {
  version: 1,
  stix: 'task: outcome successful, or failed if refused',
  summary: ({ answerKind, description }) =>
    `Request of an authority answered (${answerKind}): ${excerpt(description?.text)}`,
})
export class AuthorityRequestAnswered {
  @Field(() => ID, { description: 'The request.' })
  authorityRequestId!: string;

  @Field(() => AnswerKind, { description: 'How it was answered.' })
  answerKind!: AnswerKind;

  @Field(() => Text, { nullable: true, description: 'What was answered.' })
  description?: Text;

  @Field(() => ID, { nullable: true, description: 'The party that answered.' })
  byPartyId?: string;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const answerAuthorityRequest = slice<CaseState, AnswerAuthorityRequest>(
  AnswerAuthorityRequest,
  (command, state) => {
    requireOpen(state);
    const { authorityRequestId, answerKind, description, byPartyId, about, occurredAt } = command;
    const { answers } = standing(state.authorityRequests, authorityRequestId, 'request of an authority');
    requireParties(state, [byPartyId]);
    requireRecords(state, about);
    requireRoom(answers, 'answers', 'request of an authority');
    const facts = { authorityRequestId, answerKind, description, byPartyId, about, occurredAt };
    return [event(AuthorityRequestAnswered, facts as AuthorityRequestAnswered)];
  },
);
