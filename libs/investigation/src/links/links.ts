import { type Capability } from '../capability.js';
import { correctLink } from './correct-link.js';
import { linkAccess, linkEvolution } from './link-evolution.js';
import { linkModel } from './link-read-model.js';
import { linkRecords } from './link-records.js';
import { Link } from './link.js';

export const links: Capability = {
  slices: [linkRecords, correctLink],
  evolution: linkEvolution,
  access: linkAccess,
  readModel: linkModel,
  records: {
    type: Link,
    description: 'Which records corroborate or contradict each other, or came first, last changed first.',
  },
};
