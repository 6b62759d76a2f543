import { type CorrectableState } from '../correctable.js';

export interface ClaimsState {
  claims: Map<string, CorrectableState>;
}
