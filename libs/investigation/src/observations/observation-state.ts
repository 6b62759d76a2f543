import { type RecordState } from '../record-state.js';

export interface ObservationState extends RecordState {
  withdrawn: boolean;
  /** All that it says, as one text: to tell a correction that changes nothing. */
  content: string;
}

export interface ObservationsState {
  observations: Map<string, ObservationState>;
}
