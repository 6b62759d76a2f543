import { type RecordState } from '../record-state.js';
import { type Text } from '../values/text.js';
import { type PartyKind, type PartyRole } from '../values/enums.js';

export interface PartyState extends RecordState {
  partyKind: PartyKind;
  name: string | undefined;
  partyRoles: readonly PartyRole[];
  description: Text | undefined;
}

export interface PartiesState {
  parties: Map<string, PartyState>;
}
