import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { findingRecorded, questionClosed, questionRaised } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { finding, question, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { QuestionClosed, closeQuestion } from './close-question.js';

const raised = [...openCase, questionRaised()];
const answered = [...raised, findingRecorded({ answers: [question] })];
const build = commands.closeQuestion;

describe('closeQuestion', () => {
  it('closes a question that a finding answers', () => {
    given(caseAggregate, ...answered)
      .when(closeQuestion, build.full())
      .then(event(QuestionClosed, { questionId: question, questionOutcome: 'ANSWERED', reason: 'By the finding.' }));
  });

  it.each(['UNANSWERABLE', 'DROPPED'] as const)('closes one without an answer: %s', (questionOutcome) => {
    given(caseAggregate, ...raised)
      .when(closeQuestion, build({ questionOutcome }))
      .then(event(QuestionClosed, { questionId: question, questionOutcome }));
  });

  it('refuses as answered what no finding answers, or none that stands', () => {
    const lists = [raised, [...raised, findingRecorded()], [...answered, recordRetracted(finding, 'finding')]];
    for (const events of lists) {
      given(caseAggregate, ...events)
        .when(closeQuestion, build())
        .thenRefused('NO_FINDING');
    }
  });

  it('refuses one that is closed, retracted or unknown, and a closed case', () => {
    given(caseAggregate, ...answered, questionClosed())
      .when(closeQuestion, build())
      .thenRefused('QUESTION_CLOSED');
    given(caseAggregate, ...answered, recordRetracted(question, 'question'))
      .when(closeQuestion, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...answered)
      .when(closeQuestion, build({ questionId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...answered, caseClosed())
      .when(closeQuestion, build())
      .thenRefused('CASE_CLOSED');
  });
});
