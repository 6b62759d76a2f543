import { type CorrectableState } from '../correctable.js';

export interface DisclosureState extends CorrectableState {
  acknowledged: boolean;
}

export interface DisclosuresState {
  disclosures: Map<string, DisclosureState>;
}
