import { type Client } from 'pg';
import { BuildBroken, type StoredVersion, type StoredVersions } from '../build/stored-versions.js';
import { NotLoaded } from '../not-loaded.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { quoted } from './schema.js';
import { asGiven } from '../storable.js';
import { arrayOfNumbers } from './values.js';

/** Characters of versions, and streams, that are kept once they were loaded. */
const KEPT_CHARACTERS = 32_000_000;
const KEPT_STREAMS = 50_000;

/** What a build has committed, loaded by its keys when it is asked for. */
export class LoadedVersions implements StoredVersions {
  private readonly versions: ReadonlyMap<ReadModel, Map<number, StoredVersion>>;
  private readonly wanted: ReadonlyMap<ReadModel, Set<number>>;
  private readonly names = new Map<number, string>();
  private readonly wantedNames = new Set<number>();
  private characters = 0;

  /** The connection is closed with this. */
  constructor(
    private readonly client: Client,
    group: ProjectionGroup,
  ) {
    this.versions = new Map(group.models.map((model) => [model, new Map()]));
    this.wanted = new Map(group.models.map((model) => [model, new Set()]));
  }

  version(model: ReadModel, v: number): StoredVersion {
    const known = this.versions.get(model)!.get(v);
    if (known) return known;
    this.wanted.get(model)!.add(v);
    throw new NotLoaded();
  }

  streamName(key: number): string {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    this.wantedNames.add(key);
    throw new NotLoaded();
  }

  async load(begins: boolean): Promise<void> {
    try {
      // Never what an event waits for that asks for more: it would be loaded again and again.
      if (begins && this.characters > KEPT_CHARACTERS) this.forget();
      for (const [model, wanted] of this.wanted) if (wanted.size > 0) await this.loadVersions(model, wanted);
      if (this.wantedNames.size > 0) await this.loadNames();
    } catch (cause) {
      if (cause instanceof BuildBroken) throw cause;
      throw new BuildBroken(`The store that is being built cannot be read: ${(cause as Error).message}`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  private async loadVersions(model: ReadModel, wanted: Set<number>): Promise<void> {
    const { rows } = await this.client.query<StoredVersion>(
      `SELECT v, key, subject_key AS "subjectKey", id, data FROM ${quoted(model.name)} WHERE v = ANY($1::int8[])`,
      [arrayOfNumbers([...wanted])],
    );
    const known = this.versions.get(model)!;
    for (const version of rows) {
      known.set(version.v, { ...version, id: asGiven(version.id) });
      this.characters += version.data.length;
    }
    lost(wanted, known, model.name);
  }

  private async loadNames(): Promise<void> {
    if (this.names.size > KEPT_STREAMS) this.names.clear();
    const { rows } = await this.client.query<{ key: number; name: string }>(
      'SELECT key, name FROM streams WHERE key = ANY($1::int8[])',
      [arrayOfNumbers([...this.wantedNames])],
    );
    for (const { key, name } of rows) this.names.set(key, asGiven(name));
    lost(this.wantedNames, this.names, 'streams');
  }

  private forget(): void {
    for (const known of this.versions.values()) known.clear();
    this.characters = 0;
  }
}

/** All that was wanted is there from now on. */
function lost(wanted: Set<number>, known: ReadonlyMap<number, unknown>, table: string): void {
  for (const key of wanted) {
    if (!known.has(key)) throw new BuildBroken(`The store that is being built has lost the row ${key} of ${table}.`);
  }
  wanted.clear();
}
