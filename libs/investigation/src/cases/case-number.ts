/** `CASE-<year>-<number>`: the place in the year's stream of reservations, from 1, at least four digits. */
export const caseNumber = (year: number, revision: number): string =>
  `CASE-${year}-${String(revision + 1).padStart(4, '0')}`;

/** Digits of the largest place that a stream can have. */
const MOST_DIGITS = 16;

/**
 * The text by which case numbers are ordered: as they stand, CASE-2026-10000 would come before CASE-2026-9999. Those of cases that
 * were restricted from the first are not counted: they come behind those of their year, by their letters.
 */
export const numberOrder = (number: string): string =>
  number.replace(/-(\d+)$/, (_all, place: string) => `-${place.padStart(MOST_DIGITS, '0')}`);
