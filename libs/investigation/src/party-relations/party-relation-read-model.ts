import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { PartyRelationCorrected } from './correct-party-relation.js';
import { type PartyRelationFacts } from './party-relation-fields.js';
import { PartyRelationRecorded } from './record-party-relation.js';

/** All fields of a relation: a correction replaces it whole. */
const fields = ({ partyRelationId, qualifier, period, ...facts }: PartyRelationFacts): Row => ({
  ...facts,
  qualifier: qualifier ?? null,
  period: parseFuzzyTime(period),
});

/** The relations between the parties of a case. */
export const partyRelationModel = readModel({
  name: 'partyRelations',
  level: 'record',
  handlers: [
    on(PartyRelationRecorded, (event) => [create(event.partyRelationId, { ...fields(event), status: 'RECORDED' })]),
    on(PartyRelationCorrected, ({ reason, ...event }) => [
      change(event.partyRelationId, { ...fields(event), status: 'CORRECTED' }),
    ]),
    onRetracted('partyRelation'),
  ],
});
