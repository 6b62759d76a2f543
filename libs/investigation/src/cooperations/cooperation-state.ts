import { type CorrectableState } from '../correctable.js';
import { type StepTimes } from '../step-times.js';
import { type CooperationStage } from './cooperation-stage.js';

export interface CooperationState extends CorrectableState {
  stage: CooperationStage;
  /** When it began and ended, as stated. */
  times: StepTimes;
}

export interface CooperationsState {
  cooperations: Map<string, CooperationState>;
}
