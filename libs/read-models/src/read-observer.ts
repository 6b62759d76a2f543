import { type ServedEvent } from './served-event.js';
import { type Row } from './read-model.js';

/** What stands around an event beyond what every reader of cases passes: its subject is restricted, records of it have walls. */
export interface Guards {
  restricted: boolean;
  walled: readonly string[];
}

/** Hears what the answers to one principal are made of. */
export interface ReadObserver {
  /** Rows of subjects; `restricted` are the ids of those that are not open to all who read by right. */
  subjects(rows: readonly Row[], restricted: readonly string[]): void;
  /** So many records of a subject; `walled` are the ids of those with walls around them. */
  records(count: number, subjectId: string | undefined, walled: readonly string[]): void;
  events(events: readonly ServedEvent[]): void;
}

/** As statements answer it: `[1, ["record"]]`. */
export type GuardCells = [restricted: 0 | 1, walled: string[]] | null;

export function guardsOf(cells: GuardCells): Guards | undefined {
  if (!cells || (cells[0] === 0 && cells[1].length === 0)) return undefined;
  return { restricted: cells[0] === 1, walled: cells[1] };
}
