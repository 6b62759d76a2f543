import { type Capability } from '../capability.js';
import { rateCase } from './rate-case.js';
import { tagCase } from './tag-case.js';
import { triageEvolution } from './triage-evolution.js';
import { untagCase } from './untag-case.js';

/** What it shows is in the case's own row: see `triage-read-model.ts`. */
export const triage: Capability = {
  slices: [rateCase, tagCase, untagCase],
  evolution: triageEvolution,
};
