import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { CooperationCorrected } from './correct-cooperation.js';
import { type CooperationState } from './cooperation-state.js';
import { CooperationClosed } from './close-cooperation.js';
import { CooperationOpened } from './open-cooperation.js';

/** How the cooperations of a case follow from its events. */
export const cooperationEvolution = [
  evolve(CooperationOpened, (state: CaseState, { cooperationId, occurredAt, ...facts }, { revision }) => {
    const record: CooperationState = {
      ...{ kind: 'cooperation', revision, retracted: false, facts },
      ...{ stage: 'OPEN', times: { openedAt: occurredAt } },
    };
    addRecord(state, state.cooperations, cooperationId, record);
  }),
  evolve(CooperationClosed, (state: CaseState, { cooperationId, occurredAt }, { revision }) => {
    const record = state.cooperations.get(cooperationId)!;
    record.times.closedAt = occurredAt;
    Object.assign(record, { revision, stage: 'CLOSED' });
  }),
  evolve(
    CooperationCorrected,
    (state: CaseState, { cooperationId, reason, openedAt, closedAt, ...facts }, { revision }) => {
      const record = state.cooperations.get(cooperationId)!;
      if (openedAt !== undefined) record.times.openedAt = openedAt;
      if (closedAt !== undefined) record.times.closedAt = closedAt;
      Object.assign(record, { revision, facts });
    },
  ),
];
