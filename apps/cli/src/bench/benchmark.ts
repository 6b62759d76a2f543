import { type Servers } from './servers.js';

export type PresetName = 'quick' | 'full';

/** How much is measured. */
export interface Preset {
  name: PresetName;
  /** Of each side of each round, in seconds. */
  seconds: number;
  /** Row versions of the log that is asked as of past moments. */
  rowVersions: number;
  /** How often, in each round, a case of 10,000 events is loaded. */
  loads: number;
  /** Samples of each query that is timed alone, in each round. */
  samples: number;
  /** Events that the memory is watched over. */
  memoryEvents: number;
}

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  quick: { name: 'quick', seconds: 0.5, rowVersions: 60_000, loads: 5, samples: 150, memoryEvents: 15_000 },
  full: { name: 'full', seconds: 5, rowVersions: 2_000_000, loads: 20, samples: 1_000, memoryEvents: 1_000_000 },
};

/** How many rounds of product and ceiling there are, one after the other in turns. */
export const ROUNDS = 3;

/** What a benchmark uses. */
export interface Bench {
  preset: Preset;
  /** Makes a new empty folder on the file system that is measured; removed at the end. */
  folder: (name: string) => Promise<string>;
  servers: Servers;
  /** Called when the run is over, the last one first. */
  atEnd: (close: () => Promise<void>) => void;
}

/** One round: what the product and what the ceiling reached. */
export interface Round {
  value: number;
  ceiling: number | null;
}

export interface Result {
  name: string;
  /** The median of the rounds. */
  value: number;
  unit: string;
  /** The median of the rounds; null where the aim is a figure of its own. */
  ceiling: number | null;
  /** value / ceiling. */
  ratio: number | null;
  /** The aim, in words. */
  target: string;
  pass: boolean;
  /** Of the product's single operations, in milliseconds; null where there is none. */
  p50: number | null;
  p99: number | null;
  rounds: Round[];
  /** What else is worth knowing: a second ceiling, fewer rows than the aim speaks of. */
  note?: string;
}

export interface Benchmark {
  name: string;
  run: (bench: Bench) => Promise<Result>;
}
