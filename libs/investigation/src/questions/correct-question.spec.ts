import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { questionRaised } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, question, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { QuestionCorrected, correctQuestion } from './correct-question.js';

const raised = [...openCase, questionRaised({ askedBy: partner })];
const build = commands.correctQuestion;

describe('correctQuestion', () => {
  it('replaces the question whole: who asks is no longer said', () => {
    given(caseAggregate, ...raised)
      .when(correctQuestion, build())
      .then(
        event(QuestionCorrected, {
          ...{ questionId: question, text: text('Who acted, and for whom?'), about: [], reason: 'Too narrow.' },
        }),
      );
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...raised)
      .when(correctQuestion, build.full())
      .then(
        event(QuestionCorrected, {
          ...{ questionId: question, text: text('Who acted, and for whom?'), askedBy: partner, about: [subject] },
          reason: 'Too narrow.',
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...raised)
      .when(correctQuestion, build({ text: text('Who acted?'), askedBy: partner }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted question, an unknown one, and a closed case', () => {
    given(caseAggregate, ...raised, recordRetracted(question, 'question'))
      .when(correctQuestion, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...raised)
      .when(correctQuestion, build({ questionId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...raised, caseClosed())
      .when(correctQuestion, build())
      .thenRefused('CASE_CLOSED');
  });
});
