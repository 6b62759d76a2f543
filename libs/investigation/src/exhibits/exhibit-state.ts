import { type CorrectableState } from '../correctable.js';
import { type ExhibitFacts } from './exhibit-fields.js';

export interface ExhibitState extends CorrectableState {
  facts: Omit<ExhibitFacts, 'exhibitId'>;
}

export interface ExhibitsState {
  exhibits: Map<string, ExhibitState>;
}
