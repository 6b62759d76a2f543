import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { questionRaised } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, question } from '../../../../test/builders/ids.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { QuestionAssigned, assignQuestion } from './assign-question.js';

const raised = [...openCase, questionRaised({ workedOnBy: [grantee('ann')] })];
const build = commands.assignQuestion;

describe('assignQuestion', () => {
  it('says who works on it from now on, or that nobody does', () => {
    given(caseAggregate, ...raised)
      .when(assignQuestion, build())
      .then(event(QuestionAssigned, { questionId: question, workedOnBy: [grantee('bob')] }));
    given(caseAggregate, ...raised)
      .when(assignQuestion, build({ workedOnBy: [] }))
      .then(event(QuestionAssigned, { questionId: question, workedOnBy: [] }));
  });

  it('refuses those who work on it already', () => {
    given(caseAggregate, ...raised)
      .when(assignQuestion, build({ workedOnBy: [grantee('ann')] }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted question, a record of another kind, and a closed case', () => {
    given(caseAggregate, ...raised, recordRetracted(question, 'question'))
      .when(assignQuestion, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...raised)
      .when(assignQuestion, build({ questionId: partner }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...raised, caseClosed())
      .when(assignQuestion, build())
      .thenRefused('CASE_CLOSED');
  });
});
