import { type Capability } from '../capability.js';
import { acknowledgeDisclosure } from './acknowledge-disclosure.js';
import { correctDisclosure } from './correct-disclosure.js';
import { disclosureEvolution } from './disclosure-evolution.js';
import { disclosureModel } from './disclosure-read-model.js';
import { Disclosure } from './disclosure.js';
import { recordDisclosure } from './record-disclosure.js';

export const disclosures: Capability = {
  slices: [recordDisclosure, correctDisclosure, acknowledgeDisclosure],
  evolution: disclosureEvolution,
  readModel: disclosureModel,
  records: { type: Disclosure, description: 'What was disclosed to whom, last changed first.' },
};
