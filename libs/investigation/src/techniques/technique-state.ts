import { type AssessedState } from '../assessments/assessment-state.js';

export interface TechniqueState extends AssessedState {
  /** Else it is suspected. */
  established: boolean;
}

export interface TechniquesState {
  techniques: Map<string, TechniqueState>;
}
