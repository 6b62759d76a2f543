import { type AssessedState } from '../assessments/assessment-state.js';
import { type AttributionFacts } from './attribution-fields.js';

export interface AttributionState extends AssessedState {
  facts: Omit<AttributionFacts, 'attributionId'>;
}

export interface AttributionsState {
  attributions: Map<string, AttributionState>;
}
