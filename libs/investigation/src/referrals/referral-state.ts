import { type CorrectableState } from '../correctable.js';

export interface ReferralsState {
  referrals: Map<string, CorrectableState>;
}
