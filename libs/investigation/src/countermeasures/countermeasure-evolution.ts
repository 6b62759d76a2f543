import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { CountermeasureAcknowledged } from './acknowledge-countermeasure.js';
import { CountermeasureApplied } from './apply-countermeasure.js';
import { CountermeasureApproved } from './approve-countermeasure.js';
import { CountermeasureCorrected } from './correct-countermeasure.js';
import { type CountermeasureStage } from './countermeasure-stage.js';
import { type CountermeasureState } from './countermeasure-state.js';
import { CountermeasureLifted } from './lift-countermeasure.js';
import { CountermeasureProposed } from './propose-countermeasure.js';
import { CountermeasureEffectObserved } from './record-countermeasure-effect.js';
import { CountermeasureTaken } from './record-countermeasure-taken.js';
import { CountermeasureRejected } from './reject-countermeasure.js';

/** Where each step leads, and under which name its time is kept. */
const STEP = {
  PROPOSED: 'proposedAt',
  APPROVED: 'approvedAt',
  REJECTED: 'rejectedAt',
  APPLIED: 'appliedAt',
  LIFTED: 'liftedAt',
} as const satisfies Record<CountermeasureStage, string>;

const begun = (
  stage: CountermeasureStage,
  occurredAt: string,
  revision: number,
  facts: object,
): CountermeasureState => ({
  ...{ kind: 'countermeasure', revision, retracted: false, facts },
  ...{ stage, times: { [STEP[stage]]: occurredAt }, effects: 0, acknowledgedBy: new Set() },
});

function move(state: CaseState, id: string, stage: CountermeasureStage, occurredAt: string, revision: number): void {
  const countermeasure = state.countermeasures.get(id)!;
  countermeasure.times[STEP[stage]] = occurredAt;
  // What is applied again is not lifted any more.
  if (stage === 'APPLIED') delete countermeasure.times.liftedAt;
  Object.assign(countermeasure, { stage, revision });
}

/** How the countermeasures of a case follow from its events. */
export const countermeasureEvolution = [
  evolve(CountermeasureProposed, (state: CaseState, { countermeasureId, occurredAt, ...facts }, { revision }) => {
    addRecord(state, state.countermeasures, countermeasureId, begun('PROPOSED', occurredAt, revision, facts));
  }),
  evolve(CountermeasureTaken, (state: CaseState, { countermeasureId, occurredAt, ...facts }, { revision }) => {
    addRecord(state, state.countermeasures, countermeasureId, begun('APPLIED', occurredAt, revision, facts));
  }),
  evolve(CountermeasureApproved, (state: CaseState, { countermeasureId, occurredAt }, { revision }) =>
    move(state, countermeasureId, 'APPROVED', occurredAt, revision),
  ),
  evolve(CountermeasureRejected, (state: CaseState, { countermeasureId, occurredAt }, { revision }) =>
    move(state, countermeasureId, 'REJECTED', occurredAt, revision),
  ),
  evolve(CountermeasureApplied, (state: CaseState, { countermeasureId, occurredAt }, { revision }) =>
    move(state, countermeasureId, 'APPLIED', occurredAt, revision),
  ),
  evolve(CountermeasureLifted, (state: CaseState, { countermeasureId, occurredAt }, { revision }) =>
    move(state, countermeasureId, 'LIFTED', occurredAt, revision),
  ),
  evolve(CountermeasureEffectObserved, (state: CaseState, { countermeasureId }, { revision }) => {
    const countermeasure = state.countermeasures.get(countermeasureId)!;
    countermeasure.revision = revision;
    countermeasure.effects++;
  }),
  evolve(CountermeasureAcknowledged, (state: CaseState, { countermeasureId, byPartyId }, { revision }) => {
    const countermeasure = state.countermeasures.get(countermeasureId)!;
    countermeasure.revision = revision;
    countermeasure.acknowledgedBy.add(byPartyId!);
  }),
  evolve(CountermeasureCorrected, (state: CaseState, { countermeasureId, reason, ...event }, { revision }) => {
    const { proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt, ...facts } = event;
    const countermeasure = state.countermeasures.get(countermeasureId)!;
    const given = { proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt };
    for (const [step, time] of Object.entries(given)) if (time !== undefined) countermeasure.times[step] = time;
    Object.assign(countermeasure, { revision, facts });
  }),
];
