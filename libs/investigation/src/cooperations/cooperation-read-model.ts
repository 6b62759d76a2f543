import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { given } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime, timeIf } from '../values/fuzzy-time.js';
import { CooperationCorrected } from './correct-cooperation.js';
import { type CooperationFacts } from './cooperation-fields.js';
import { CooperationClosed } from './close-cooperation.js';
import { CooperationOpened } from './open-cooperation.js';

/** All fields of a cooperation: what an event does not give is cleared, as a correction replaces it whole. */
const fields = (facts: Omit<CooperationFacts, 'cooperationId'>): Row => ({
  byPartyId: null,
  legalBasis: null,
  ...facts,
});

/** The cooperations of a case. */
export const cooperationModel = readModel({
  name: 'cooperations',
  level: 'record',
  handlers: [
    on(CooperationOpened, ({ cooperationId, occurredAt, ...facts }) => [
      create(cooperationId, {
        ...fields(facts),
        openedAt: parseFuzzyTime(occurredAt),
        stage: 'OPEN',
        status: 'RECORDED',
      }),
    ]),
    on(CooperationClosed, ({ cooperationId, reason, occurredAt }) => [
      change(cooperationId, { stage: 'CLOSED', closedAt: parseFuzzyTime(occurredAt), reason }),
    ]),
    on(CooperationCorrected, ({ cooperationId, reason, openedAt, closedAt, ...facts }) => [
      change(cooperationId, {
        ...fields(facts),
        ...given({ openedAt: timeIf(openedAt), closedAt: timeIf(closedAt) }),
        status: 'CORRECTED',
      }),
    ]),
    onRetracted('cooperation'),
  ],
});
