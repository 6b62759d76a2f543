import DataLoader from 'dataloader';
import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { type Condition, shapeOf } from './condition.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { GRADES, type Known } from './queries/known-sql.js';
import {
  recordById,
  recordsOfSubjects,
  recordsWhere,
  versionsOfRecord,
  versionsOfRecords,
} from './queries/record-queries.js';
import { type ReadModel, type Row } from './read-model.js';
import { type ReadObserver } from './read-observer.js';
import { type ReadPoint } from './read-points.js';
import { type Effort } from './read-store.js';
import { withhold } from './withhold.js';

export interface RecordRow {
  /** The version; the cursor of a page that ends here. */
  v: number;
  /** The same for all versions of the record. */
  key: number;
  row: Row;
  /** How well it was known, where that was asked. */
  known?: Known;
}

export interface RecordPage {
  rows: RecordRow[];
  hasNext: boolean;
}

export interface RecordsOptions {
  first: number;
  /** The `v` of the last row of the page before. */
  after?: number;
  where?: Condition;
  /** Default: `long` with a condition, else `short`. */
  effort?: Effort;
}

/** Records, and the subject that each is of. */
export interface FoundRecords {
  rows: (RecordRow & { subjectKey: number; subjectId: string })[];
  hasNext: boolean;
}

type Found = [
  ...[v: number, key: number, subjectKey: number, stream: string],
  ...[row: Row, hidden: string[] | null, walled: string[] | null, grade?: number],
];
type Cells = [v: number, key: number, row: Row, grade?: number];
type Lists = [key: number, cells: Cells[], hidden: string[] | null, walled: string[] | null][];

/** Records: lists of a subject, read for all subjects asked for in one tick at once; and one by its id. */
export class RecordReads {
  private readonly loaders = new Map<string, DataLoader<number, RecordPage>>();

  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly observer?: ReadObserver,
  ) {}

  /** The last changed first. */
  async records(model: ReadModel, subjectKey: number, options: RecordsOptions, at: ReadPoint): Promise<RecordPage> {
    const { first, after, where, effort } = options;
    const filter = where ? JSON.stringify(where) : '';
    const list = `${model.name} ${first} ${after} ${at.sequence} ${at.now} ${effort} ${filter}`;
    let loader = this.loaders.get(list);
    if (!loader) {
      loader = new DataLoader((keys) => this.load(model, keys, options, at));
      this.loaders.set(list, loader);
    }
    const page = await loader.load(subjectKey);
    this.reads.budget.serve(page.rows.length);
    return page;
  }

  async record(model: ReadModel, id: string, at: ReadPoint): Promise<RecordRow | null> {
    const [cells] = await this.reads.rows({
      at,
      shape: `record ${model.name}`,
      compile: (compilation, now) =>
        recordById(compilation, { model, access: this.access, now, where: null, after: false }),
      named: { id },
    });
    if (!cells) return null;
    const [v, key, row, hidden] = cells as [number, number, Row, string[] | null];
    return recordRow([v, key, withhold(row, hidden)]);
  }

  /** Records of all subjects that a condition holds for, the last changed first; it must be one that an index serves. */
  async where(
    model: ReadModel,
    condition: Condition,
    { first, after }: Omit<RecordsOptions, 'where'>,
    at: ReadPoint,
  ): Promise<FoundRecords> {
    const values: unknown[] = [];
    const where = shapeOf(condition, values);
    const cells = (await this.reads.rows({
      at,
      shape: `records where ${model.name} ${after !== undefined} ${JSON.stringify(where)}`,
      compile: (compilation, now) =>
        recordsWhere(compilation, { model, access: this.access, now, where, after: after !== undefined }),
      named: { limit: first + 1 },
      values,
      after,
    })) as Found[];
    const rows = cells.sort(([a], [b]) => b - a).slice(0, first);
    this.reads.budget.serve(rows.length);
    return {
      rows: rows.map(([v, key, subjectKey, stream, row, hidden, walled, grade]) => {
        this.observe([[v, key, row]], walled);
        return { ...recordRow([v, key, withhold(row, hidden), grade]), subjectKey, subjectId: subjectIdOf(stream) };
      }),
      hasNext: cells.length > first,
    };
  }

  /** Records as they stood at a revision of their subject, by id: those that may be seen and were recorded by then. */
  async atRevisions(
    model: ReadModel,
    subjectKey: number,
    revisions: ReadonlyMap<string, number>,
    at: ReadPoint,
  ): Promise<ReadonlyMap<string, Pick<RecordRow, 'key' | 'row'>>> {
    const [list] = (await this.reads.rows({
      // Versions that were replaced are asked for, whether or not the moment is now.
      at: { ...at, now: false },
      shape: `versions ${model.name}`,
      compile: (compilation) => versionsOfRecords(compilation, model, this.access),
      named: { key: subjectKey, records: JSON.stringify([...revisions.keys()]) },
      effort: 'long',
    })) as [[versions: [number, Row][], hidden: string[] | null, walled: string[] | null]];
    const [versions, hidden, walled] = list;
    const found = new Map<string, { key: number; row: Row }>();
    for (const [key, row] of versions) {
      const id = row.id as string;
      if ((row.revision as number) <= revisions.get(id)!) found.set(id, { key, row: withhold(row, hidden) });
    }
    this.observe(
      [...found.values()].map(({ key, row }): Cells => [0, key, row]),
      walled,
    );
    return found;
  }

  /** What a record was at each of its changes, the last first. */
  async versions(
    model: ReadModel,
    { id, subjectKey }: { id: string; subjectKey: number },
    { first, after }: Pick<RecordsOptions, 'first' | 'after'>,
    at: ReadPoint,
  ): Promise<RecordPage> {
    const cells = (await this.reads.rows({
      at,
      shape: `views ${model.name} ${after !== undefined}`,
      compile: (compilation, now) =>
        versionsOfRecord(compilation, { model, access: this.access, now, where: null, after: after !== undefined }),
      named: { id, key: subjectKey, limit: first + 1 },
      after,
    })) as [v: number, key: number, row: Row, hidden: string[] | null][];
    const rows = cells.slice(0, first);
    this.reads.budget.serve(rows.length);
    return {
      rows: rows.map(([v, key, row, hidden]) => recordRow([v, key, withhold(row, hidden)])),
      hasNext: cells.length > first,
    };
  }

  private async load(
    model: ReadModel,
    keys: readonly number[],
    { first, after, where: condition, effort }: RecordsOptions,
    at: ReadPoint,
  ): Promise<RecordPage[]> {
    const values: unknown[] = [];
    const where = condition ? shapeOf(condition, values) : null;
    const lists = (await this.reads.rows({
      at,
      shape: `records ${model.name} ${after !== undefined} ${JSON.stringify(where)}`,
      compile: (compilation, now) =>
        recordsOfSubjects(compilation, { model, access: this.access, now, where, after: after !== undefined }),
      named: { keys: JSON.stringify(keys), limit: first + 1 },
      values,
      after,
      effort: effort ?? (where ? 'long' : 'short'),
    })) as Lists;
    const byKey = new Map(lists.map(([key, cells, hidden, walled]) => [key, { cells, hidden, walled }]));
    return keys.map((key) => {
      const { cells = [], hidden = null, walled = null } = byKey.get(key) ?? {};
      const rows = cells.sort(newestFirst).slice(0, first);
      this.observe(rows, walled);
      return {
        rows: rows.map(([v, key, row, grade]) => recordRow([v, key, withhold(row, hidden), grade])),
        hasNext: cells.length > first,
      };
    });
  }

  private observe(rows: readonly Cells[], walled: readonly string[] | null): void {
    if (!walled) return this.observer?.records(rows.length, undefined, []);
    const [stream, ...records] = walled;
    const read = rows.flatMap(([, , { id, recordId }]) => [id as string, recordId as string]);
    this.observer?.records(
      rows.length,
      subjectIdOf(stream),
      records.filter((id) => read.includes(id)),
    );
  }
}

/** Sorted here: it costs less than a sorter for each subject in SQL. */
const newestFirst = ([a]: Cells, [b]: Cells): number => b - a;

const recordRow = ([v, key, row, grade]: Cells): RecordRow =>
  grade === undefined ? { v, key, row } : { v, key, row, known: GRADES[grade] };
