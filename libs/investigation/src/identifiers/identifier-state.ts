import { type CorrectableState } from '../correctable.js';

export interface IdentifiersState {
  identifiers: Map<string, CorrectableState>;
}
