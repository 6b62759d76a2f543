import { type CorrectableState } from '../correctable.js';

export interface PartyRelationsState {
  partyRelations: Map<string, CorrectableState>;
}
