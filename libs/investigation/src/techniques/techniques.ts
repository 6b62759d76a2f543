import { type Capability } from '../capability.js';
import { correctTechnique } from './correct-technique.js';
import { doubtTechnique } from './doubt-technique.js';
import { establishTechnique } from './establish-technique.js';
import { suspectTechnique } from './suspect-technique.js';
import { techniqueEvolution } from './technique-evolution.js';
import { techniqueModel } from './technique-read-model.js';
import { Technique } from './technique.js';

export const techniques: Capability = {
  slices: [suspectTechnique, correctTechnique, establishTechnique, doubtTechnique],
  evolution: techniqueEvolution,
  readModel: techniqueModel,
  records: {
    type: Technique,
    description: 'Techniques of MITRE ATLAS and ATT&CK, suspected and established, last changed first.',
  },
};
