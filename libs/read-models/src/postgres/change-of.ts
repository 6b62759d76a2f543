import { type AccessChange } from '../access-changes.js';
import { type PackedAccess } from '../build/batches.js';

export type Of<Op extends AccessChange['op']> = Omit<PackedAccess, 'change'> & {
  change: Extract<AccessChange, { op: Op }>;
};
