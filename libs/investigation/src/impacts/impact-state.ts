import { type CorrectableState } from '../correctable.js';

export interface ImpactsState {
  impacts: Map<string, CorrectableState>;
}
