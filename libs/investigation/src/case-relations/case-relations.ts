import { type Capability } from '../capability.js';
import { caseRelationEvolution } from './case-relation-evolution.js';
import { caseRelationModel } from './case-relation-read-model.js';
import { relateCases } from './relate-cases.js';

/** They are listed in both cases: see `related-cases.ts`. */
export const caseRelations: Capability = {
  slices: [relateCases],
  evolution: caseRelationEvolution,
  readModel: caseRelationModel,
};
