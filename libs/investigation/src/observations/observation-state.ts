import { type RecordState } from '../record-state.js';

export interface ObservationState extends RecordState {
  withdrawn: boolean;
  /** All that it says, to tell a correction that changes nothing. */
  facts: object;
}

export interface ObservationsState {
  observations: Map<string, ObservationState>;
}
