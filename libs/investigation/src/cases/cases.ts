import { type Capability } from '../capability.js';
import { amendCase } from './amend-case.js';
import { caseEvolution } from './case-evolution.js';
import { caseModel } from './case-read-model.js';
import { closeCase } from './close-case.js';
import { openCase } from './open-case.js';
import { reopenCase } from './reopen-case.js';

export const cases: Capability = {
  slices: [openCase, amendCase, closeCase, reopenCase],
  evolution: caseEvolution,
  readModel: caseModel,
};
