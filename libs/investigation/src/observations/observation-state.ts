import { type CorrectableState } from '../correctable.js';

export interface ObservationsState {
  observations: Map<string, CorrectableState>;
}
