import { streamOf } from '#event-sourcing/stream-name.js';
import { type Condition, takenApart, type Value } from './condition.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { countSubjects, oneSubject, subjectsByColumn } from './queries/subject-queries.js';
import { type ReadModel, type Row } from './read-model.js';
import { type ReadObserver } from './read-observer.js';
import { type ReadPoint } from './read-points.js';
import { type SubjectCells, subjectsByLastChange } from './subjects-by-last-change.js';
import { type SubjectsOptions } from './subjects-options.js';

export interface SubjectRow {
  /** What the subject's records and history are asked by. */
  key: number;
  /** Of the last event in its stream. */
  v: number;
  /** What a page that ends here is continued by, in the order it was asked in. */
  cursor: number;
  /** `revision` is the stream's. */
  row: Row;
}

export interface SubjectPage {
  rows: SubjectRow[];
  hasNext: boolean;
}

/** Reads of subjects for one answer: see `ReadSession`. */
export class SubjectReads {
  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly category: string,
    private readonly observer?: ReadObserver,
  ) {}

  /** One subject by its id or by a column that tells it from all others. */
  async subject(
    model: ReadModel,
    where: { id: string } | { column: string; value: Value },
    at: ReadPoint,
  ): Promise<SubjectRow | null> {
    const byColumn = 'column' in where;
    const [condition, values] = takenApart(byColumn ? { ...where, op: 'eq' } : undefined);
    const indexed = byColumn && model.indexes.some(([first]) => first === where.column);
    const [cells] = await this.reads.rows({
      at,
      shape: `subject ${model.name} ${JSON.stringify(condition)}`,
      compile: (compilation, now) => oneSubject(compilation, { model, access: this.access, now, where: condition }),
      named: byColumn ? {} : { stream: streamOf(this.category, where.id) },
      values,
      effort: byColumn && !indexed ? 'long' : 'short',
    });
    if (!cells) return null;
    this.observe([cells as SubjectCells]);
    return subjectRow(cells as SubjectCells);
  }

  /** A page of subjects. Refuses with LIMIT_EXCEEDED what takes too long. */
  async subjects(model: ReadModel, options: SubjectsOptions, at: ReadPoint): Promise<SubjectPage> {
    const { orderBy, first } = options;
    if (orderBy) return this.ordered(model, options, orderBy, at);
    const cells = await subjectsByLastChange(this.reads, this.access, model, options, at);
    const rows = cells.sort(([a], [b]) => b - a).slice(0, first);
    this.observe(rows);
    return { rows: rows.map(subjectRow), hasNext: cells.length > first };
  }

  /** How many subjects match, counted up to `max`: beyond it `exact` is false. */
  async count(
    model: ReadModel,
    condition: Condition | undefined,
    max: number,
    at: ReadPoint,
  ): Promise<{ value: number; exact: boolean }> {
    const [where, values] = takenApart(condition);
    const [[count]] = (await this.reads.rows({
      at,
      shape: `count ${model.name} ${JSON.stringify(where)}`,
      compile: (compilation, now) => countSubjects(compilation, { model, access: this.access, now, where }),
      named: { limit: max + 1 },
      values,
      effort: 'long',
    })) as [[number]];
    return { value: Math.min(count, max), exact: count <= max };
  }

  private async ordered(
    model: ReadModel,
    options: SubjectsOptions,
    order: NonNullable<SubjectsOptions['orderBy']>,
    at: ReadPoint,
  ): Promise<SubjectPage> {
    const { first, after } = options;
    const [where, values] = takenApart(options.where);
    const cells = (await this.reads.rows({
      at,
      shape: `ordered ${model.name} ${after !== undefined} ${JSON.stringify([where, order])}`,
      compile: (compilation, now) =>
        subjectsByColumn(compilation, {
          ...{ model, access: this.access, now, where },
          ...{ order, after: after !== undefined },
        }),
      named: { limit: first + 1, cursor: after },
      values,
      effort: 'long',
    })) as SubjectCells[];
    const page = cells.slice(0, first);
    this.observe(page);
    return { rows: page.map((row) => ({ ...subjectRow(row), cursor: row[1] })), hasNext: cells.length > first };
  }

  private observe(cells: readonly SubjectCells[]): void {
    if (!this.observer) return;
    // A current row tells it by itself; of a past one it is told beside it.
    const restricted = cells.filter(([, , , row, now]) => (now === undefined ? row.restricted === true : now === 1));
    this.observer.subjects(
      cells.map(([, , , row]) => row),
      restricted.map(([, , , { id }]) => id as string),
    );
  }
}

function subjectRow([v, key, revision, row]: SubjectCells): SubjectRow {
  row.revision = revision;
  return { key, v, cursor: v, row };
}
