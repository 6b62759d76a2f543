import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { given } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime, timeIf } from '../values/fuzzy-time.js';
import { CounselEngagementCorrected } from './correct-counsel-engagement.js';
import { type CounselEngagementFacts } from './counsel-engagement-fields.js';
import { CounselEngagementEnded } from './end-counsel-engagement.js';
import { CounselEngaged } from './engage-counsel.js';

/** All fields of an engagement: what an event does not give is cleared, as a correction replaces it whole. */
const fields = (facts: Omit<CounselEngagementFacts, 'counselEngagementId'>): Row => ({
  clientId: null,
  jurisdiction: null,
  ...facts,
});

/** The engagements of counsel of a case. */
export const counselEngagementModel = readModel({
  name: 'counselEngagements',
  level: 'record',
  handlers: [
    on(CounselEngaged, ({ counselEngagementId, occurredAt, ...facts }) => [
      create(counselEngagementId, {
        ...fields(facts),
        engagedAt: parseFuzzyTime(occurredAt),
        stage: 'ENGAGED',
        status: 'RECORDED',
      }),
    ]),
    on(CounselEngagementEnded, ({ counselEngagementId, reason, occurredAt }) => [
      change(counselEngagementId, { stage: 'ENDED', endedAt: parseFuzzyTime(occurredAt), reason }),
    ]),
    on(CounselEngagementCorrected, ({ counselEngagementId, reason, engagedAt, endedAt, ...facts }) => [
      change(counselEngagementId, {
        ...fields(facts),
        ...given({ engagedAt: timeIf(engagedAt), endedAt: timeIf(endedAt) }),
        status: 'CORRECTED',
      }),
    ]),
    onRetracted('counselEngagement'),
  ],
});
