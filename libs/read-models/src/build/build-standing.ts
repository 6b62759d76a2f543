import { randomInt } from 'node:crypto';
import { type FoldedEvent, type Standing, type StreamPlace } from '../fold.js';
import { type RowVersion } from '../row-version.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { type Batch } from './batches.js';
import { hashOf, PlaceTable } from './place-table.js';
import { type RowBatch } from './row-batch.js';
import { type StoredVersion, type StoredVersions } from './stored-versions.js';

/** A stream with the row of its head in the batch that brings it. */
interface KeptStream extends StreamPlace {
  headRow: number;
}

/** What is kept in memory beside what is not committed: streams with their names, and batches to read from. */
const KEPT_STREAMS = 20_000;
const KEPT_BATCHES = 6;

/** In the table, where 0 is no value. */
const NO_HEAD = -1;

/**
 * What stands in a store while it is built. Compact tables tell where each row's current version is, and each stream's head: in
 * a batch that is not committed yet, or in the store, from where it is read back by its key.
 */
export class BuildStanding implements Standing {
  private readonly seed = randomInt(0x7fff_ffff);
  /** `v` and its row in the batch that brought it. */
  private readonly rows: ReadonlyMap<ReadModel, PlaceTable>;
  /** The stream's key and the `v` of its head; that of a stream in memory may be out of date. */
  private readonly heads = new PlaceTable();
  /** By name, the one not written to for longest first; and their names by key. */
  private readonly streams = new Map<string, KeptStream>();
  private readonly names = new Map<number, string>();
  /** Those not known to be committed and a few before them, the oldest first. */
  private batches: Batch[] = [];
  private hashed = { name: '', seed: -1, hash: 0 };

  constructor(
    group: ProjectionGroup,
    private readonly stored: StoredVersions,
    private readonly kept = { streams: KEPT_STREAMS, batches: KEPT_BATCHES },
  ) {
    this.rows = new Map(group.models.map((model) => [model, new PlaceTable()]));
  }

  stream(name: string): StreamPlace | undefined {
    const known = this.streams.get(name);
    if (known) return known;
    const slot = this.slotOfStream(name);
    if (slot < 0) return undefined;
    const [key, head] = [this.heads.get(slot), this.heads.get(slot, 1)];
    // It is written to next. What is no more in memory is committed: it waits in no batch.
    return this.keep(name, { key, head: head === NO_HEAD ? null : head, headRow: -1 });
  }

  current(model: ReadModel, id: string, subjectKey: number): StoredVersion | undefined {
    const table = this.rows.get(model)!;
    let found: StoredVersion | undefined;
    table.find(this.hash(id, subjectKey), (slot) => {
      const v = table.get(slot);
      const one = this.waiting(v)?.version(model, table.get(slot, 1) - 1) ?? this.stored.version(model, v);
      if (one.id !== id || one.subjectKey !== subjectKey) return false;
      found = one;
      return true;
    });
    return found;
  }

  /** What is written from now on goes into this batch; those up to the number are committed. */
  begin(batch: Batch, committed: number): void {
    this.batches = this.batches.filter(({ number }) => number > committed - this.kept.batches);
    this.batches.push(batch);
    const from = this.batches.find(({ number }) => number > committed)!.from;
    for (const [name, { key, head }] of this.streams) {
      if (this.streams.size <= this.kept.streams || Math.max(key, head ?? 0) >= from) break;
      if (head !== null) this.heads.set(this.slotOfStream(name), head, 1);
      this.streams.delete(name);
      this.names.delete(key);
    }
  }

  /** Puts what an event writes into the batch, and what it ends where that is. */
  write(folded: FoldedEvent): void {
    const batch = this.batches.at(-1)!;
    batch.addEvent(folded);
    this.writeHead(folded, batch);
    for (const version of folded.versions) this.writeVersion(version, batch);
  }

  private writeHead({ stream: name, isNewStream, event, head }: FoldedEvent, batch: Batch): void {
    const key = event.streamKey;
    if (isNewStream) this.heads.add(this.hash(name, 0), key, head?.v ?? NO_HEAD);
    let headRow = -1;
    if (head) {
      const before = this.streams.get(name);
      if (head.replaces !== null) this.end(batch, head.replaces, head.v, before!.headRow, (one) => one.heads);
      headRow = batch.addHead(head.v, key, event.revision);
    }
    this.keep(name, { key, head: head?.v ?? null, headRow });
  }

  private writeVersion(version: RowVersion, batch: Batch): void {
    const { model, v, id, subjectKey, replaces } = version;
    const table = this.rows.get(model)!;
    const hash = this.hash(id, subjectKey);
    const row = batch.addVersion(version);
    if (replaces === null) return table.add(hash, v, row + 1);
    const slot = table.find(hash, (one) => table.get(one) === replaces);
    this.end(batch, replaces, v, table.get(slot, 1) - 1, (one) => one.rowsOf(model));
    table.set(slot, v);
    table.set(slot, row + 1, 1);
  }

  /** Where the version still waits it is ended there; else it is changed once the batch is written. */
  private end(batch: Batch, v: number, validTo: number, row: number, rowsOf: (batch: Batch) => RowBatch): void {
    const waiting = this.waiting(v);
    if (waiting && !waiting.sent) rowsOf(waiting).end(row, validTo);
    else rowsOf(batch).close(v, validTo);
  }

  /** The batch that brings this version, if it is in memory: it is if it is not committed. */
  private waiting(v: number): Batch | undefined {
    for (let n = this.batches.length - 1; n >= 0; n--) if (this.batches[n].from <= v) return this.batches[n];
    return undefined;
  }

  /** Put behind all others. */
  private keep(name: string, stream: KeptStream): KeptStream {
    this.streams.delete(name);
    this.streams.set(name, stream);
    this.names.set(stream.key, name);
    return stream;
  }

  private slotOfStream(name: string): number {
    const known = this.streams.get(name);
    return this.heads.find(this.hash(name, 0), (slot) => {
      const key = this.heads.get(slot);
      return known ? known.key === key : (this.names.get(key) ?? this.stored.streamName(key)) === name;
    });
  }

  /** What is looked up is often written next. */
  private hash(name: string, subjectKey: number): number {
    const { hashed } = this;
    const seed = subjectKey + this.seed;
    if (hashed.name !== name || hashed.seed !== seed) this.hashed = { name, seed, hash: hashOf(name, seed) };
    return this.hashed.hash;
  }
}
