import { type GuardCells } from './guards.js';
import { type ToldEntry } from './told-reads.js';

/** Where an event stands in the log, and what is hidden in it from this reader. */
export type Place = [sequence: number, position: string, hidden: readonly string[] | null, guards: GuardCells];

/** As statements answer it: records of the event's subject that are hidden and, apart, other subjects that it names. */
export type PlaceCells = [...Place, hiddenSubjects?: readonly string[]];

export const isPlace = (one: Place | ToldEntry): one is Place => typeof one[1] === 'string';

/** What is hidden in the event is one list from here on, whether records or other subjects. */
export const placeOf = ([sequence, position, records, guards, subjects]: PlaceCells): Place => [
  sequence,
  position,
  subjects ? [...(records ?? []), ...subjects] : records,
  guards,
];
