import { type Capability } from '../capability.js';
import { markCase } from './mark-case.js';
import { markAccess, markEvolution } from './mark-evolution.js';
import { markRecord } from './mark-record.js';
import { markingModel } from './marking-read-model.js';
import { Marking } from './marking.js';
import { recordOriginatorConsent } from './record-originator-consent.js';

export const marks: Capability = {
  slices: [markCase, markRecord, recordOriginatorConsent],
  evolution: markEvolution,
  access: markAccess,
  readModel: markingModel,
  records: { type: Marking, description: 'What in the case is or was marked, and by whose word, last changed first.' },
};
