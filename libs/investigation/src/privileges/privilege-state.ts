import { type RecordState } from '../record-state.js';

export interface PrivilegeState extends RecordState {
  recordId: string;
  /** The holder, as one text. */
  holder: string;
  waived: boolean;
}

export interface PrivilegesState {
  privileges: Map<string, PrivilegeState>;
}
