import { type AccessChange } from '../access-changes.js';
import { type FoldedEvent } from '../fold.js';
import { type RowVersion } from '../row-version.js';
import { headTable, OPEN } from '../versions.js';
import { type ProjectionGroup, type ReadModel } from '../read-model.js';
import { type Layout, type PackedRows, RowBatch } from './row-batch.js';
import { type StoredVersion } from './stored-versions.js';

/** Where a batch holds so many characters of rows, it is full: what is sent at once stays far below what a string and a message may hold. */
export const BATCH_CHARACTERS = 4_000_000;

/** What is written in one transaction: rows by table, in the order of `layoutsOf`. */
export interface PackedBatch {
  tables: PackedRows[];
  /** In the order they happened: they change current rows. */
  access: PackedAccess[];
}

/** What an event does to who may see its subject. */
export interface PackedAccess {
  change: AccessChange;
  subjectKey: number;
  sequence: number;
}

/** Places in `layoutsOf`; the read models follow. */
const [STREAMS, EVENTS, HEADS, MODELS] = [0, 1, 2, 3];

/** All tables that a build fills, in one order. */
export function layoutsOf(group: ProjectionGroup): Layout[] {
  return [
    { table: 'streams', numbers: ['key'], texts: ['name'] },
    {
      table: 'events',
      numbers: ['sequence', 'stream_key', 'subject_key', 'revision', 'recorded_at', 'log_time'],
      texts: ['type', 'position', 'id', 'record_ids', 'actor_id'],
    },
    { table: headTable(group), numbers: ['v', 'valid_to', 'key', 'revision'], texts: [] },
    ...group.models.map(({ name, columns }) => {
      const [texts, numbers] = [true, false].map((isText) =>
        Object.keys(columns).filter((column) => (columns[column].type === 'text') === isText),
      );
      return {
        table: name,
        numbers: ['v', 'valid_to', 'key', 'subject_key', ...numbers],
        texts: ['id', ...texts, 'data'],
      };
    }),
  ];
}

/** What the next so many events write. */
export class Batch {
  events = 0;
  characters = 0;
  sent = false;
  private readonly tables: RowBatch[];
  private readonly access: PackedAccess[] = [];
  /** Of each read model: its table, and which of its columns are texts, in their order. */
  private readonly models: ReadonlyMap<ReadModel, { rows: RowBatch; isText: readonly boolean[]; data: number }>;

  constructor(
    group: ProjectionGroup,
    layouts: readonly Layout[],
    /** From 1. */
    readonly number: number,
    /** The `v` that its first event can give a version: all from there on are in it, or in a later one. */
    readonly from: number,
  ) {
    this.tables = layouts.map((layout) => new RowBatch(layout));
    this.models = new Map(
      group.models.map((model, n) => {
        const isText = Object.values(model.columns).map(({ type }) => type === 'text');
        return [model, { rows: this.tables[MODELS + n], isText, data: layouts[MODELS + n].texts.length - 1 }];
      }),
    );
  }

  addEvent({ stream, isNewStream, event, access }: FoldedEvent): void {
    const { sequence, streamKey, subjectKey, revision, recordedAt, logTime } = event;
    if (isNewStream) this.tables[STREAMS].add([streamKey], [stream]);
    this.tables[EVENTS].add(
      [sequence, streamKey, subjectKey, revision, recordedAt, logTime],
      [event.type, event.position, event.id, event.recordIds, event.actorId],
    );
    for (const change of access) this.access.push({ change, subjectKey: streamKey, sequence });
    this.events++;
  }

  /** Returns its row here, as `addVersion` does. */
  addHead(v: number, key: number, revision: number): number {
    return this.tables[HEADS].add([v, OPEN, key, revision], []);
  }

  get heads(): RowBatch {
    return this.tables[HEADS];
  }

  addVersion({ model, v, key, subjectKey, id, columns, data }: RowVersion): number {
    const { rows, isText } = this.models.get(model)!;
    const numbers: (number | null)[] = [v, OPEN, key, subjectKey];
    const texts: (string | null)[] = [id];
    columns.forEach((value, n) =>
      isText[n] ? texts.push(value as string | null) : numbers.push(value as number | null),
    );
    texts.push(data);
    this.characters += data.length;
    return rows.add(numbers, texts);
  }

  rowsOf(model: ReadModel): RowBatch {
    return this.models.get(model)!.rows;
  }

  /** A version that waits here. */
  version(model: ReadModel, row: number): StoredVersion {
    const { rows, data } = this.models.get(model)!;
    return {
      v: rows.number(row, 0),
      key: rows.number(row, 2),
      subjectKey: rows.number(row, 3),
      id: rows.text(row, 0)!,
      data: rows.text(row, data)!,
    };
  }

  pack(): PackedBatch {
    this.sent = true;
    return { tables: this.tables.map((rows) => rows.pack()), access: this.access };
  }
}

/** Who writes what a build folds. */
export interface BatchSink {
  /** Batches up to this number are committed, and can be read back. */
  readonly committed: number;
  /** May block, or resolve, only when there is room. Throws if writing has failed. */
  send(batch: PackedBatch): Promise<void> | void;
}
