import { type EventLog } from '#event-sourcing/log/event-log.js';
import { type ReadModelsOptions } from '#read-models/keeping/kept-read-models.js';
import { type ReadModels } from '#read-models/read-models.js';
import { buildingContract } from './read-stores.building.js';
import { goingBackContract } from './read-stores.going-back.js';
import { usingStores } from './read-stores.using.js';

/** A place for read stores, and a log that begins at `BEGINNING`. */
export interface StoresUnderTest {
  log: EventLog;
  open(options: ReadModelsOptions & { projections: URL }): Promise<ReadModels>;
  /** How the store of a version is called. */
  name(version: number, generation?: number): string;
  /** What whole stores are called that are there, in order. */
  stores(): Promise<string[]>;
  /** Leaves what a process leaves behind that dies while it builds the first store of version 1. */
  leaveHalf(): Promise<void>;
  /** What of it, or of another build, is there. */
  halves(): Promise<string[]>;
  /** In what the store differs from one that is rebuilt from the log; null if it does not. Nothing writes it. */
  differs(store: string, projections: URL): Promise<unknown>;
  destroy(): Promise<void>;
}

/** Software of one version after the other on one place: what every engine promises of it. */
export function readStoresContract(name: string, place: () => Promise<StoresUnderTest>): void {
  describe(`the stores of ${name}`, () => {
    const here = usingStores(place);
    goingBackContract(here);
    buildingContract(here);
  });
}
