import { type Capability } from '../capability.js';
import { correctCooperation } from './correct-cooperation.js';
import { cooperationEvolution } from './cooperation-evolution.js';
import { cooperationModel } from './cooperation-read-model.js';
import { Cooperation } from './cooperation.js';
import { closeCooperation } from './close-cooperation.js';
import { openCooperation } from './open-cooperation.js';

export const cooperations: Capability = {
  slices: [openCooperation, closeCooperation, correctCooperation],
  evolution: cooperationEvolution,
  readModel: cooperationModel,
  records: { type: Cooperation, description: 'Work with authorities, last changed first.' },
};
