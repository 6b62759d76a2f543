import { type EventLog, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventNotApplied } from '#read-models/fold.js';
import { type ReadModels } from '#read-models/read-models.js';
import { accessContract } from './read-store.access.js';
import { asOfContract } from './read-store.as-of.js';
import { historyContract } from './read-store.history.js';
import { knownContract } from './read-store.known.js';
import { listsContract } from './read-store.lists.js';
import { projectorContract } from './read-store.projector.js';
import { rebuildContract } from './read-store.rebuild.js';
import { searchContract } from './read-store.search.js';

/** Read models under test, over a log of their own that begins at `BEGINNING`; their group is that of the fixtures. */
export interface ReadStoreUnderTest {
  log: EventLog;
  readModels: ReadModels;
  /** What the read models told a person. */
  warnings: string[];
  /** All rows of all tables, in one order. Writing must stand still. */
  rows(): Promise<string[]>;
  /** The same of a fresh store that was given these events, one batch after another. */
  build(batches: readonly (readonly StoredEvent[])[]): Promise<string[]>;
  /**
   * The same of a fresh store that was rebuilt from the log, in batches of so many events of which so many are on their way,
   * keeping no more than so much in memory; and what it stopped before.
   */
  rebuild(pace: RebuildPace): Promise<{ rows: string[]; refused: EventNotApplied | null }>;
  /** Closes what is open and takes away what the test stored. */
  destroy(): Promise<void>;
}

export interface RebuildPace {
  batchEvents: number;
  late: number;
  kept: { streams: number; batches: number };
  /** The last sequence; omitted: the log's. */
  until?: number;
}

/** What every engine of read stores promises, beside `rebuiltStoreContract`. An engine's own spec calls this with a way to open one. */
export function readStoreContract(name: string, open: () => Promise<ReadStoreUnderTest>): void {
  describe(`${name} as a read store`, () => {
    asOfContract(open);
    listsContract(open);
    historyContract(open);
    accessContract(open);
    knownContract(open);
    projectorContract(open);
    searchContract(open);
  });
}

/** The same of what is rebuilt, with how many random rebuilds an engine can afford. */
export function rebuiltStoreContract(name: string, open: () => Promise<ReadStoreUnderTest>, rebuilds: number): void {
  describe(`${name} as a read store`, () => rebuildContract(open, rebuilds));
}
