import { type Capability } from '../capability.js';
import { amendCase, CaseAmended } from './amend-case.js';
import { caseEvolution } from './case-evolution.js';
import { caseModel } from './case-read-model.js';
import { closeCase, CaseClosed } from './close-case.js';
import { openCase, CaseNumberReserved, CaseOpened } from './open-case.js';
import { reopenCase, CaseReopened } from './reopen-case.js';

export const cases: Capability = {
  slices: [openCase, amendCase, closeCase, reopenCase],
  events: [CaseNumberReserved, CaseOpened, CaseAmended, CaseClosed, CaseReopened],
  evolution: caseEvolution,
  readModel: caseModel,
};
