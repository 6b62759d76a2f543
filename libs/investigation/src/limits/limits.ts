import { type Capability } from '../capability.js';
import { liftLimit } from './lift-limit.js';
import { limitAccess, limitEvolution } from './limit-evolution.js';
import { limitModel } from './limit-read-model.js';
import { limitRecord } from './limit-record.js';
import { Limit } from './limit.js';

export const limits: Capability = {
  slices: [limitRecord, liftLimit],
  evolution: limitEvolution,
  access: limitAccess,
  readModel: limitModel,
  records: { type: Limit, description: 'Which records are limited to those who are named, last changed first.' },
};
