/** What stands around an event beyond what every reader of cases passes: its subject is restricted, records of it have walls. */
export interface Guards {
  restricted: boolean;
  walled: readonly string[];
}

/** As statements answer it: `[1, ["record"]]`. */
export type GuardCells = [restricted: 0 | 1, walled: string[]] | null;

/** What a statement answered; undefined where nothing stands around the event. */
export function guardsOf(cells: GuardCells): Guards | undefined {
  if (!cells || (cells[0] === 0 && cells[1].length === 0)) return undefined;
  return { restricted: cells[0] === 1, walled: cells[1] };
}
