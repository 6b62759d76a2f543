import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { CounselEngagementCorrected } from './correct-counsel-engagement.js';
import { type CounselEngagementState } from './counsel-engagement-state.js';
import { CounselEngagementEnded } from './end-counsel-engagement.js';
import { CounselEngaged } from './engage-counsel.js';

/** How the engagements of counsel of a case follow from its events. */
export const counselEngagementEvolution = [
  evolve(CounselEngaged, (state: CaseState, { counselEngagementId, occurredAt, ...facts }, { revision }) => {
    const record: CounselEngagementState = {
      ...{ kind: 'counselEngagement', revision, retracted: false, facts },
      ...{ stage: 'ENGAGED', times: { engagedAt: occurredAt } },
    };
    addRecord(state, state.counselEngagements, counselEngagementId, record);
  }),
  evolve(CounselEngagementEnded, (state: CaseState, { counselEngagementId, occurredAt }, { revision }) => {
    const record = state.counselEngagements.get(counselEngagementId)!;
    record.times.endedAt = occurredAt;
    Object.assign(record, { revision, stage: 'ENDED' });
  }),
  evolve(
    CounselEngagementCorrected,
    (state: CaseState, { counselEngagementId, reason, engagedAt, endedAt, ...facts }, { revision }) => {
      const record = state.counselEngagements.get(counselEngagementId)!;
      if (engagedAt !== undefined) record.times.engagedAt = engagedAt;
      if (endedAt !== undefined) record.times.endedAt = endedAt;
      Object.assign(record, { revision, facts });
    },
  ),
];
