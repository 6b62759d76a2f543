import { type Condition } from './condition.js';

export interface SubjectsOptions {
  where?: Condition;
  /** Omitted: by last change, the newest first. Nulls come last in both directions. */
  orderBy?: { column: string; direction: 'asc' | 'desc' };
  first: number;
  /** The `cursor` of the last row of the page before, which was asked in the same way. */
  after?: number;
}
