import { type CorrectableState } from '../correctable.js';

export interface FindingState extends CorrectableState {
  /** The questions it answers: one of them can then be closed as answered. */
  answers: readonly string[];
}

export interface FindingsState {
  findings: Map<string, FindingState>;
}
