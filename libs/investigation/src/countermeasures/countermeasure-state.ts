import { type CorrectableState } from '../correctable.js';
import { type StepTimes } from '../step-times.js';
import { type CountermeasureStage } from './countermeasure-stage.js';

export interface CountermeasureState extends CorrectableState {
  stage: CountermeasureStage;
  /** When its steps were taken, as stated. */
  times: StepTimes;
  /** How many effects were recorded of it. */
  effects: number;
  /** Parties that acknowledged it. */
  acknowledgedBy: Set<string>;
}

export interface CountermeasuresState {
  countermeasures: Map<string, CountermeasureState>;
}
