import { describedEnum } from '../values/described-enum.js';

export const CounselEngagementStage = describedEnum(
  'CounselEngagementStage',
  'Whether an engagement of counsel goes on.',
  {
    ENGAGED: 'It goes on.',
    ENDED: 'It ended.',
  },
);
export type CounselEngagementStage = keyof typeof CounselEngagementStage;
