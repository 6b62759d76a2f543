import { assessmentEvolution } from '../assessments/assessment-evolution.js';
import { reviseAssessment } from '../assessments/revise-assessment.js';
import { weighEvidence } from '../assessments/weigh-evidence.js';
import { type Capability } from '../capability.js';
import { assessAttribution } from './assess-attribution.js';
import { attributionEvolution } from './attribution-evolution.js';
import { attributionModel } from './attribution-read-model.js';
import { Attribution } from './attribution.js';
import { correctAttribution } from './correct-attribution.js';

/** Attributions; what is done with assessments of every kind is listed here. */
export const attributions: Capability = {
  slices: [assessAttribution, correctAttribution, reviseAssessment, weighEvidence],
  evolution: [...attributionEvolution, ...assessmentEvolution],
  readModel: attributionModel,
  records: {
    type: Attribution,
    description: 'Whom subjects may act for or be linked to, each hypothesis by itself, last changed first.',
  },
};
