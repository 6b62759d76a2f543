import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { questionClosed, questionRaised } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { question, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { QuestionReopened, reopenQuestion } from './reopen-question.js';

const closed = [...openCase, questionRaised(), questionClosed()];
const build = commands.reopenQuestion;

describe('reopenQuestion', () => {
  it('opens a closed question again', () => {
    given(caseAggregate, ...closed)
      .when(reopenQuestion, build())
      .then(event(QuestionReopened, { questionId: question, reason: 'More came.' }));
  });

  it('refuses one that is open, retracted or unknown, and a closed case', () => {
    given(caseAggregate, ...openCase, questionRaised())
      .when(reopenQuestion, build())
      .thenRefused('QUESTION_OPEN');
    given(caseAggregate, ...closed, recordRetracted(question, 'question'))
      .when(reopenQuestion, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...closed)
      .when(reopenQuestion, build({ questionId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...closed, caseClosed())
      .when(reopenQuestion, build())
      .thenRefused('CASE_CLOSED');
  });
});
