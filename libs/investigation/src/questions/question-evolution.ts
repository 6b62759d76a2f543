import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { nameOf } from '../members/grantee.js';
import { QuestionAssigned } from './assign-question.js';
import { QuestionClosed } from './close-question.js';
import { QuestionCorrected } from './correct-question.js';
import { type QuestionState } from './question-state.js';
import { QuestionRaised } from './raise-question.js';
import { QuestionReopened } from './reopen-question.js';

const change = (state: CaseState, id: string, to: Partial<QuestionState>): void =>
  void Object.assign(state.questions.get(id)!, to);

/** How the questions of a case follow from its events. */
export const questionEvolution = [
  evolve(QuestionRaised, (state: CaseState, { questionId, workedOnBy, ...facts }, { revision }) => {
    const question = { kind: 'question', revision, retracted: false, facts, outcome: undefined };
    addRecord(state, state.questions, questionId, { ...question, workedOnBy: workedOnBy.map(nameOf) });
  }),
  evolve(QuestionCorrected, (state: CaseState, { questionId, reason, ...facts }, { revision }) =>
    change(state, questionId, { revision, facts }),
  ),
  evolve(QuestionAssigned, (state: CaseState, { questionId, workedOnBy }, { revision }) =>
    change(state, questionId, { revision, workedOnBy: workedOnBy.map(nameOf) }),
  ),
  evolve(QuestionClosed, (state: CaseState, { questionId, questionOutcome }, { revision }) =>
    change(state, questionId, { revision, outcome: questionOutcome }),
  ),
  evolve(QuestionReopened, (state: CaseState, { questionId }, { revision }) =>
    change(state, questionId, { revision, outcome: undefined }),
  ),
];
