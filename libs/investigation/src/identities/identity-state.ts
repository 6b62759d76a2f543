import { type AssessedState } from '../assessments/assessment-state.js';

export interface IdentitiesState {
  identities: Map<string, AssessedState>;
}
