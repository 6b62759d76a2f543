import { type ClientBase } from 'pg';
import { type Batch } from '../build/batches.js';
import { type FoldedEvent, type Standing, type StreamPlace } from '../fold.js';
import { type CurrentVersion, type RowVersion } from '../row-version.js';
import { NotLoaded } from '../not-loaded.js';
import { VERSIONS_PER_EVENT } from '../versions.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { quoted } from './schema.js';
import { arrayOfNumbers, arrayOfTexts } from './values.js';

/** A stream, with the row of its head in the batch that brings it. */
interface KeptStream extends StreamPlace {
  /** The number of the batch that brings it; 0 if it was loaded. */
  batch: number;
  headRow: number;
}

interface KeptRow extends CurrentVersion {
  /** The number of the batch that brings it; 0 if it was loaded. */
  batch: number;
  row: number;
}

/** What is asked for by one key, and what is known of it: null where it is known that there is nothing. */
class Known<K, T> {
  readonly found = new Map<string, T | null>();
  readonly wanted = new Map<string, K>();

  get(name: string, key: K): T | undefined {
    const found = this.found.get(name);
    if (found !== undefined) return found ?? undefined;
    this.wanted.set(name, key);
    throw new NotLoaded();
  }

  /** Put behind all others. */
  set(name: string, value: T | null): void {
    this.found.delete(name);
    this.found.set(name, value);
  }

  forget(): void {
    this.found.clear();
    this.wanted.clear();
  }
}

/** Streams, and rows of each read model, that are kept from one batch to the next. */
const KEPT = 10_000;
/** Characters of those rows, of all read models. */
const KEPT_CHARACTERS = 16_000_000;

/**
 * What stands in a store that is followed: of what was asked for or written lately, in memory; all else is loaded when it is
 * asked for, at once for many events.
 */
export class FollowedRows implements Standing {
  private readonly streams = new Known<string, KeptStream>();
  private readonly rows: ReadonlyMap<ReadModel, Known<[subjectKey: number, id: string], KeptRow>>;
  private batch!: Batch;

  constructor(group: ProjectionGroup) {
    this.rows = new Map(group.models.map((model) => [model, new Known()]));
  }

  stream(name: string): StreamPlace | undefined {
    return this.streams.get(name, name);
  }

  current(model: ReadModel, id: string, subjectKey: number): CurrentVersion | undefined {
    const name = nameOf(model, id, subjectKey);
    const known = this.rows.get(model)!;
    // Of a subject that begins in this batch nothing is stored.
    if (subjectKey >= this.batch.from) return known.found.get(name) ?? undefined;
    return known.get(name, [subjectKey, id]);
  }

  /** What is written from now on goes into this batch; all before it is committed. */
  begin(batch: Batch): void {
    this.batch = batch;
    let characters = 0;
    for (const { found } of this.rows.values()) for (const row of found.values()) characters += row?.data.length ?? 0;
    for (const { found } of [this.streams, ...this.rows.values()]) {
      for (const [name, value] of found) {
        if (found.size <= KEPT && characters <= KEPT_CHARACTERS) break;
        found.delete(name);
        if (value && 'data' in value) characters -= value.data.length;
      }
    }
  }

  /** Puts what an event writes into the batch, and what it ends where that is. */
  write(folded: FoldedEvent): void {
    const { batch } = this;
    batch.addEvent(folded);
    const { stream: name, event, head } = folded;
    const before = this.streams.found.get(name);
    let headRow = -1;
    if (head) {
      if (before && head.replaces !== null) {
        if (before.batch === batch.number) batch.heads.end(before.headRow, head.v);
        else batch.heads.close(head.replaces, head.v);
      }
      headRow = batch.addHead(head.v, event.streamKey, event.revision);
    }
    this.streams.set(name, { key: event.streamKey, head: head?.v ?? null, headRow, batch: batch.number });
    for (const version of folded.versions) this.writeVersion(version);
  }

  /** Loads what was asked for and not there. */
  async load(client: ClientBase): Promise<void> {
    await this.loadStreams(client);
    for (const [model, known] of this.rows) if (known.wanted.size > 0) await this.loadRows(client, model, known);
  }

  /** After a rollback what is remembered may never have been. */
  forget(): void {
    for (const known of [this.streams, ...this.rows.values()]) known.forget();
  }

  private writeVersion({ model, v, key, subjectKey, id, data, replaces, ...rest }: RowVersion): void {
    const { batch } = this;
    const known = this.rows.get(model)!;
    const name = nameOf(model, id, subjectKey);
    const before = known.found.get(name);
    if (replaces !== null) {
      if (before?.batch === batch.number) batch.rowsOf(model).end(before.row, v);
      else batch.rowsOf(model).close(replaces, v);
    }
    const row = batch.addVersion({ model, v, key, subjectKey, id, data, replaces, ...rest });
    known.set(name, { v, key, data, row, batch: batch.number });
  }

  private async loadStreams(client: ClientBase): Promise<void> {
    const { wanted } = this.streams;
    if (wanted.size === 0) return;
    const names = [...wanted.values()];
    const { rows } = await client.query<{ nth: number; key: number; last: number | null }>(
      `SELECT n.nth, s.key, (SELECT max(e.sequence) FROM events e WHERE e.subject_key = s.key) AS last
       FROM unnest($1::text[]) WITH ORDINALITY AS n(name, nth) JOIN streams s ON s.name = n.name`,
      [arrayOfTexts(names)],
    );
    for (const name of names) this.streams.set(name, null);
    for (const { nth, key, last } of rows) {
      this.streams.set(names[nth - 1], { key, head: last && last * VERSIONS_PER_EVENT, headRow: -1, batch: 0 });
    }
    wanted.clear();
  }

  private async loadRows(client: ClientBase, model: ReadModel, known: Known<[number, string], KeptRow>): Promise<void> {
    const wanted = [...known.wanted];
    const keys = [...known.wanted.values()];
    // A wide row by its subject, whose only one it is. A record by its id, which those of many subjects may have.
    const isIt = `t.subject_key = n.subject_key${model.level === 'record' ? ' AND t.id = n.id' : ''}`;
    const { rows } = await client.query<{ nth: number; v: number; key: number; data: string }>(
      `SELECT n.nth, r.v, r.key, r.data FROM unnest($1::int8[], $2::text[]) WITH ORDINALITY AS n(subject_key, id, nth)
       CROSS JOIN LATERAL (SELECT t.v, t.key, t.data FROM ${quoted(model.name)} t WHERE ${isIt} ORDER BY t.v DESC LIMIT 1) r`,
      [arrayOfNumbers(keys.map(([subjectKey]) => subjectKey)), arrayOfTexts(keys.map(([, id]) => id))],
    );
    for (const [name] of wanted) known.set(name, null);
    for (const { nth, v, key, data } of rows) known.set(wanted[nth - 1][0], { v, key, data, row: -1, batch: 0 });
    known.wanted.clear();
  }
}

const nameOf = ({ level }: ReadModel, id: string, subjectKey: number): string =>
  level === 'record' ? `${subjectKey} ${id}` : String(subjectKey);
