import { type Capability } from '../capability.js';
import { assignQuestion } from './assign-question.js';
import { closeQuestion } from './close-question.js';
import { correctQuestion } from './correct-question.js';
import { questionEvolution } from './question-evolution.js';
import { questionModel } from './question-read-model.js';
import { Question } from './question.js';
import { raiseQuestion } from './raise-question.js';
import { reopenQuestion } from './reopen-question.js';

export const questions: Capability = {
  slices: [raiseQuestion, correctQuestion, assignQuestion, closeQuestion, reopenQuestion],
  evolution: questionEvolution,
  readModel: questionModel,
  records: { type: Question, description: 'What the investigation must answer, last changed first.' },
};
