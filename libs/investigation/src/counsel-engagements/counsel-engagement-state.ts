import { type CorrectableState } from '../correctable.js';
import { type StepTimes } from '../step-times.js';
import { type CounselEngagementStage } from './counsel-engagement-stage.js';

export interface CounselEngagementState extends CorrectableState {
  stage: CounselEngagementStage;
  /** When it began and ended, as stated. */
  times: StepTimes;
}

export interface CounselEngagementsState {
  counselEngagements: Map<string, CounselEngagementState>;
}
