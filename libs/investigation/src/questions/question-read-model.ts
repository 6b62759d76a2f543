import { change, create, on, readModel } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { QuestionAssigned } from './assign-question.js';
import { QuestionClosed } from './close-question.js';
import { QuestionCorrected } from './correct-question.js';
import { QuestionRaised } from './raise-question.js';
import { QuestionReopened } from './reopen-question.js';

/** The questions that the investigation of a case must answer. */
export const questionModel = readModel({
  name: 'questions',
  level: 'record',
  handlers: [
    on(QuestionRaised, ({ questionId, ...fields }) => [
      create(questionId, { ...fields, status: 'OPEN', reason: null }),
    ]),
    on(QuestionCorrected, ({ questionId, reason: _, text, askedBy, about }) => [
      change(questionId, { text, askedBy: askedBy ?? null, about }),
    ]),
    on(QuestionAssigned, ({ questionId, workedOnBy }) => [change(questionId, { workedOnBy })]),
    on(QuestionClosed, ({ questionId, questionOutcome, reason }) => [
      change(questionId, { status: questionOutcome, reason: reason ?? null }),
    ]),
    on(QuestionReopened, ({ questionId, reason }) => [change(questionId, { status: 'OPEN', reason: reason ?? null })]),
    onRetracted('question'),
  ],
});
