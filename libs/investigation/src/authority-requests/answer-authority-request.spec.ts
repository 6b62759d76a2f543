import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { authorityRequest, partner, unknown } from '../../../../test/builders/ids.js';
import { authorityRequestReceived } from '../../../../test/builders/response-events.js';
import { caseAggregate } from '../case-aggregate.js';
import { answerAuthorityRequest, AuthorityRequestAnswered } from './answer-authority-request.js';

const build = commands.answerAuthorityRequest;
const received = [...openCase, authorityRequestReceived()];
const answered = () => {
  const { commandId, caseId, ...facts } = build.full();
  return event(AuthorityRequestAnswered, facts as AuthorityRequestAnswered);
};

describe('answerAuthorityRequest', () => {
  it('keeps every answer, as there may be several', () => {
    given(caseAggregate, ...received)
      .when(answerAuthorityRequest, build.full())
      .then(answered());
    given(caseAggregate, ...received, answered())
      .when(answerAuthorityRequest, build.full())
      .then(answered());
  });

  it('refuses more answers than a request takes', () => {
    const answers = Array.from({ length: 100 }, answered);
    given(caseAggregate, ...received, ...answers.slice(1))
      .when(answerAuthorityRequest, build.full())
      .then(answered());
    given(caseAggregate, ...received, ...answers)
      .when(answerAuthorityRequest, build.full())
      .thenRefused('LIMIT_EXCEEDED');
  });

  it('refuses a request that is retracted', () => {
    given(caseAggregate, ...received, recordRetracted(authorityRequest, 'authorityRequest'))
      .when(answerAuthorityRequest, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown request', { authorityRequestId: unknown }],
    ['the id of a record of another kind', { authorityRequestId: partner }],
    ['an unknown party that answers', { byPartyId: unknown }],
    ['an unknown record', { about: [unknown] }],
  ])('refuses %s', (_, over) => {
    given(caseAggregate, ...received)
      .when(answerAuthorityRequest, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...received, caseClosed())
      .when(answerAuthorityRequest, build())
      .thenRefused('CASE_CLOSED');
  });
});
