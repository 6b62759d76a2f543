import { type CorrectableState } from '../correctable.js';

export interface ReportsState {
  reports: Map<string, CorrectableState>;
}
