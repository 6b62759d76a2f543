import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase } from '../../../../test/builders/case-events.js';
import { questionRaised } from '../../../../test/builders/question-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, partner, question, subject, unknown } from '../../../../test/builders/ids.js';
import { grantee, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { QuestionRaised, raiseQuestion } from './raise-question.js';

const build = commands.raiseQuestion;

describe('raiseQuestion', () => {
  it('raises a question of ours that nobody works on yet', () => {
    given(caseAggregate, ...openCase)
      .when(raiseQuestion, build())
      .then(
        event(QuestionRaised, {
          ...{ questionId: derivedId(`case-${CASE}`, 'c1'), text: text('Who acted?'), about: [], workedOnBy: [] },
        }),
      );
  });

  it('keeps who asks, what it is about, and who works on it', () => {
    given(caseAggregate, ...openCase)
      .when(raiseQuestion, build.full())
      .then(
        event(QuestionRaised, {
          ...{ questionId: question, text: text('Who acted?'), askedBy: partner, about: [subject] },
          workedOnBy: [grantee('ann'), grantee('legal', 'GROUP')],
        }),
      );
  });

  it.each([
    ['a party that asks', { askedBy: unknown }],
    ['a record that it is about', { about: [unknown] }],
  ])('refuses %s that the case does not have', (_, over) => {
    given(caseAggregate, ...openCase)
      .when(raiseQuestion, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken, and a closed case', () => {
    given(caseAggregate, ...openCase, questionRaised())
      .when(raiseQuestion, build.full())
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(raiseQuestion, build())
      .thenRefused('CASE_CLOSED');
  });
});
