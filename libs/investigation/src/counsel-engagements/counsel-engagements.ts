import { type Capability } from '../capability.js';
import { correctCounselEngagement } from './correct-counsel-engagement.js';
import { counselEngagementEvolution } from './counsel-engagement-evolution.js';
import { counselEngagementModel } from './counsel-engagement-read-model.js';
import { CounselEngagement } from './counsel-engagement.js';
import { endCounselEngagement } from './end-counsel-engagement.js';
import { engageCounsel } from './engage-counsel.js';

export const counselEngagements: Capability = {
  slices: [engageCounsel, endCounselEngagement, correctCounselEngagement],
  evolution: counselEngagementEvolution,
  readModel: counselEngagementModel,
  records: { type: CounselEngagement, description: 'Counsel that was engaged, last changed first.' },
};
