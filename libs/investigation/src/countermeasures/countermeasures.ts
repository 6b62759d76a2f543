import { type Capability } from '../capability.js';
import { acknowledgeCountermeasure } from './acknowledge-countermeasure.js';
import { applyCountermeasure } from './apply-countermeasure.js';
import { approveCountermeasure } from './approve-countermeasure.js';
import { correctCountermeasure } from './correct-countermeasure.js';
import { countermeasureEvolution } from './countermeasure-evolution.js';
import { countermeasureModel } from './countermeasure-read-model.js';
import { Countermeasure } from './countermeasure.js';
import { liftCountermeasure } from './lift-countermeasure.js';
import { proposeCountermeasure } from './propose-countermeasure.js';
import { recordCountermeasureEffect } from './record-countermeasure-effect.js';
import { recordCountermeasureTaken } from './record-countermeasure-taken.js';
import { rejectCountermeasure } from './reject-countermeasure.js';

export const countermeasures: Capability = {
  slices: [
    proposeCountermeasure,
    recordCountermeasureTaken,
    approveCountermeasure,
    rejectCountermeasure,
    applyCountermeasure,
    liftCountermeasure,
    recordCountermeasureEffect,
    acknowledgeCountermeasure,
    correctCountermeasure,
  ],
  evolution: countermeasureEvolution,
  readModel: countermeasureModel,
  records: { type: Countermeasure, description: 'What was done against it, or proposed, last changed first.' },
};
