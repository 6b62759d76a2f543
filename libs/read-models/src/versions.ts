import { type ProjectionGroup } from './read-model.js';

/** `valid_to` of a current version. A literal in SQL, or partial indexes are not used. */
export const OPEN = Number.MAX_SAFE_INTEGER;

/** Versions of one event: `v = sequence * VERSIONS_PER_EVENT + n`. */
export const VERSIONS_PER_EVENT = 1024;

/** All versions of this sequence and before are below it. */
export const boundOf = (sequence: number): number => (sequence + 1) * VERSIONS_PER_EVENT;

/** The table of a group's subjects with a version for each of their events. */
export const headTable = (group: Pick<ProjectionGroup, 'category'>): string => `${group.category}_head`;
