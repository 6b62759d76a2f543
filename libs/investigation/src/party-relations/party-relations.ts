import { type Capability } from '../capability.js';
import { correctPartyRelation } from './correct-party-relation.js';
import { partyRelationEvolution } from './party-relation-evolution.js';
import { partyRelationModel } from './party-relation-read-model.js';
import { PartyRelation } from './party-relation.js';
import { recordPartyRelation } from './record-party-relation.js';

export const partyRelations: Capability = {
  slices: [recordPartyRelation, correctPartyRelation],
  evolution: partyRelationEvolution,
  readModel: partyRelationModel,
  records: { type: PartyRelation, description: 'How parties stand to each other, last changed first.' },
};
