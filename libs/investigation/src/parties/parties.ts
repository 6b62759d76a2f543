import { type Capability } from '../capability.js';
import { Party } from './party.js';
import { addParty } from './add-party.js';
import { amendParty } from './amend-party.js';
import { partyEvolution } from './party-evolution.js';
import { partyModel } from './party-read-model.js';

export const parties: Capability = {
  slices: [addParty, amendParty],
  evolution: partyEvolution,
  readModel: partyModel,
  records: { type: Party, description: 'Who the case is about or involves, last changed first.' },
};
