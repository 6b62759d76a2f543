import { type CorrectableState } from '../correctable.js';
import { type StatementFacts } from './statement-fields.js';

export interface StatementState extends CorrectableState {
  /** All that it says. */
  facts: Omit<StatementFacts, 'statementId'>;
}

export interface StatementsState {
  statements: Map<string, StatementState>;
}
