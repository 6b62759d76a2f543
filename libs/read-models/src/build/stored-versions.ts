import { type ReadModel } from '../read-model.js';

/** What was committed cannot be read back: the build cannot go on. */
export class BuildBroken extends Error {}

export interface StoredVersion {
  v: number;
  key: number;
  subjectKey: number;
  id: string;
  data: string;
}

/**
 * What a build has committed, by its integer keys: there are no indexes yet. Throws `NotLoaded` for what must be loaded
 * first, where the engine cannot answer at once, and `BuildBroken`.
 */
export interface StoredVersions {
  version(model: ReadModel, v: number): StoredVersion;
  streamName(key: number): string;
  /** Loads what was asked for and not there. Unless it `begins`, an event still waits for what was loaded before. */
  load?(begins: boolean): Promise<void>;
  close(): Promise<void> | void;
}
