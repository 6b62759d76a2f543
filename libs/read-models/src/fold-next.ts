import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type Fold, type FoldedEvent } from './fold.js';
import { NotLoaded } from './not-loaded.js';

/** Of so many events is found out at once what must be loaded for them. */
const AHEAD = 500;

export interface FoldNext {
  fold: Fold;
  write: (folded: FoldedEvent) => void;
  /**
   * Loads what was asked for and not there; omitted where nothing needs to be loaded. `begins`: no event waits for what was loaded
   * before.
   */
  load?: (begins: boolean) => Promise<void>;
}

/**
 * Folds the nth of these events and writes it, at once where nothing must be loaded: else what can be told to be missing for
 * it and for those behind it is loaded first. Throws, or rejects, as folding does.
 */
export function foldNext(next: FoldNext, events: readonly StoredEvent[], n: number): Promise<void> | undefined {
  return isWritten(next, events[n]) ? undefined : loadAndFold(next, events, n);
}

async function loadAndFold(next: FoldNext, events: readonly StoredEvent[], n: number): Promise<void> {
  let begins = true;
  do {
    next.fold.lookAhead(events.slice(n, n + AHEAD));
    await next.load!(begins);
    begins = false;
  } while (!isWritten(next, events[n]));
}

function isWritten({ fold, write }: FoldNext, event: StoredEvent): boolean {
  try {
    write(fold.fold(event));
    return true;
  } catch (error) {
    if (error instanceof NotLoaded) return false;
    throw error;
  }
}
