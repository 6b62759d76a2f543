import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { CountermeasureAcknowledged } from './acknowledge-countermeasure.js';
import { CountermeasureApplied } from './apply-countermeasure.js';
import { CountermeasureApproved } from './approve-countermeasure.js';
import { CountermeasureCorrected } from './correct-countermeasure.js';
import { type CountermeasureFacts } from './countermeasure-fields.js';
import { CountermeasureLifted } from './lift-countermeasure.js';
import { CountermeasureProposed } from './propose-countermeasure.js';
import { CountermeasureEffectObserved } from './record-countermeasure-effect.js';
import { CountermeasureTaken } from './record-countermeasure-taken.js';
import { CountermeasureRejected } from './reject-countermeasure.js';

/** All fields of what a countermeasure is: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ mitigation, byPartyId, ...facts }: Omit<CountermeasureFacts, 'countermeasureId'>): Row => ({
  ...facts,
  mitigation: mitigation ?? null,
  byPartyId: byPartyId ?? null,
});

const begun = { status: 'RECORDED', effects: [], acknowledgements: [] };
const grown = (list: unknown, one: object): object[] => [...(list as object[]), one];

/** The countermeasures of a case. */
export const countermeasureModel = readModel({
  name: 'countermeasures',
  level: 'record',
  handlers: [
    on(CountermeasureProposed, ({ countermeasureId, occurredAt, ...facts }) => [
      create(countermeasureId, {
        ...fields(facts),
        ...begun,
        stage: 'PROPOSED',
        proposedAt: parseFuzzyTime(occurredAt),
      }),
    ]),
    on(CountermeasureTaken, ({ countermeasureId, occurredAt, ...facts }) => [
      create(countermeasureId, { ...fields(facts), ...begun, stage: 'APPLIED', appliedAt: parseFuzzyTime(occurredAt) }),
    ]),
    on(CountermeasureApproved, ({ countermeasureId, byPartyId, occurredAt }) => [
      change(countermeasureId, {
        stage: 'APPROVED',
        approvedAt: parseFuzzyTime(occurredAt),
        decidedBy: byPartyId ?? null,
      }),
    ]),
    on(CountermeasureRejected, ({ countermeasureId, byPartyId, reason, occurredAt }) => [
      change(countermeasureId, {
        ...{ stage: 'REJECTED', rejectedAt: parseFuzzyTime(occurredAt) },
        ...{ decidedBy: byPartyId ?? null, reason },
      }),
    ]),
    on(CountermeasureApplied, ({ countermeasureId, occurredAt }) => [
      change(countermeasureId, { stage: 'APPLIED', appliedAt: parseFuzzyTime(occurredAt), liftedAt: null }),
    ]),
    on(CountermeasureLifted, ({ countermeasureId, reason, occurredAt }) => [
      change(countermeasureId, { stage: 'LIFTED', liftedAt: parseFuzzyTime(occurredAt), reason }),
    ]),
    on(CountermeasureEffectObserved, ({ countermeasureId, observedAt, ...effect }, _recorded, current) => [
      change(countermeasureId, {
        effects: grown(current(countermeasureId)!.effects, { ...effect, observedAt: parseFuzzyTime(observedAt) }),
      }),
    ]),
    on(CountermeasureAcknowledged, ({ countermeasureId, acknowledgedAt, ...said }, _recorded, current) => [
      change(countermeasureId, {
        acknowledgements: grown(current(countermeasureId)!.acknowledgements, {
          ...said,
          acknowledgedAt: parseFuzzyTime(acknowledgedAt),
        }),
      }),
    ]),
    on(CountermeasureCorrected, ({ countermeasureId, reason, ...event }) => {
      const { proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt, ...facts } = event;
      const given = Object.entries({ proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt }).filter(
        ([, time]) => time !== undefined,
      );
      const times = given.map(([step, time]) => [step, parseFuzzyTime(time!)]);
      return [
        change(countermeasureId, { ...fields(facts), ...(Object.fromEntries(times) as Row), status: 'CORRECTED' }),
      ];
    }),
    onRetracted('countermeasure'),
  ],
});
