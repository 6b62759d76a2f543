import { type Capability } from '../capability.js';
import { mergeCase } from './merge-case.js';
import { mergeEvolution } from './merge-evolution.js';
import { mergeModel } from './merge-read-model.js';
import { unmergeCase } from './unmerge-case.js';

/** What is merged is shown by the lists of the case that it is merged into: see `merged-cases.ts`. */
export const merges: Capability = {
  slices: [mergeCase, unmergeCase],
  evolution: mergeEvolution,
  readModel: mergeModel,
};
