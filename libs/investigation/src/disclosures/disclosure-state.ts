import { type CorrectableState } from '../correctable.js';
import { type DisclosureFacts } from './disclosure-fields.js';

export interface DisclosureState extends CorrectableState {
  facts: Omit<DisclosureFacts, 'disclosureId'>;
  acknowledged: boolean;
  /** Who acknowledged it, if that is known. */
  acknowledgedBy?: string | null;
}

export interface DisclosuresState {
  disclosures: Map<string, DisclosureState>;
}
