import { type Capability } from '../capability.js';
import { correctExhibit } from './correct-exhibit.js';
import { exhibitEvolution } from './exhibit-evolution.js';
import { exhibitModel } from './exhibit-read-model.js';
import { Exhibit } from './exhibit.js';
import { recordExhibit } from './record-exhibit.js';

export const exhibits: Capability = {
  slices: [recordExhibit, correctExhibit],
  evolution: exhibitEvolution,
  readModel: exhibitModel,
  records: { type: Exhibit, description: 'The evidence of the case and where it is kept, last changed first.' },
};
