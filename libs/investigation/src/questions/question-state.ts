import { type CorrectableState } from '../correctable.js';
import { type QuestionOutcome } from './question-status.js';

export interface QuestionState extends CorrectableState {
  /** Who works on it, each as one text. */
  workedOnBy: readonly string[];
  /** Undefined while it is open. */
  outcome: QuestionOutcome | undefined;
}

export interface QuestionsState {
  questions: Map<string, QuestionState>;
}
