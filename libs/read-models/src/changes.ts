import { isDeepStrictEqual } from 'node:util';
import { type Actor } from '#event-sourcing/envelope.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type EventReads } from './event-reads.js';
import { type PinnedReads } from './pinned-reads.js';
import { type Access } from './queries/access-sql.js';
import { type Compilation } from './queries/builder.js';
import { boundOf, VERSIONS_PER_EVENT } from './versions.js';
import { hiddenIds, versionsBetween } from './queries/record-queries.js';
import { type ReadModel, type Row } from './read-model.js';
import { type ReadPoint } from './read-points.js';
import { withhold } from './withhold.js';

/** The most versions of one read model that are compared for one answer. */
const MOST_VERSIONS = 10_000;

/** What a row tells of itself and its recording: no field that anybody changed. */
const OWN = new Set(['id', 'revision', 'recordedAt', 'recordedBy']);

/** A field that an event changed; null stands for a field that is not there. */
export interface Changed {
  /** The read model's name: rows of several may stand under one id, as what is told of a record does. */
  model: string;
  /** The record's id, or the subject's own. */
  record: string;
  field: string;
  old: unknown;
  new: unknown;
  sequence: number;
  eventId: string;
  actor: Actor;
  /** As the event's payload states it. */
  reason: string | null;
}

type FieldChange = Pick<Changed, 'model' | 'record' | 'field' | 'old' | 'new' | 'sequence'>;
type Version = [v: number, key: number, row: Row];

/** What changed in a subject and its records between two moments, by comparing row versions. */
export class SubjectChanges {
  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly events: EventReads,
    private readonly models: readonly ReadModel[],
  ) {}

  /** In the order of the events. Refuses with VALIDATION_FAILED and LIMIT_EXCEEDED. */
  async between(subjectKey: number, from: ReadPoint, to: ReadPoint): Promise<Changed[]> {
    if (from.sequence > to.sequence) {
      const message = `"from" (sequence ${from.sequence}) must not be after "to" (sequence ${to.sequence})`;
      refuse('VALIDATION_FAILED', `${message}.`, { violations: [{ path: 'from', code: 'ORDER', message }] });
    }
    const hidden = await this.hiddenOf(subjectKey, to);
    const lists: FieldChange[][] = [];
    // One after the other: all at once, a few such answers would take every place among the long queries that wait.
    for (const model of this.models.filter(({ derived }) => !derived))
      lists.push(await this.ofModel(model, subjectKey, hidden, from, to));
    const changes = lists.flat().sort((a, b) => a.sequence - b.sequence);
    const sequences = [...new Set(changes.map(({ sequence }) => sequence))];
    const events = new Map(
      (await this.events.atSequences(sequences, to)).map((event) => [event.envelope.sequence, event]),
    );
    return changes.flatMap((change) => {
      const event = events.get(change.sequence);
      if (!event) return [];
      const { reason } = event.payload;
      const { id: eventId, actor } = event.envelope;
      return [{ ...change, eventId, actor, reason: typeof reason === 'string' ? reason : null }];
    });
  }

  private async hiddenOf(key: number, at: ReadPoint): Promise<string[]> {
    const named = { key };
    const compile = (compilation: Compilation) => hiddenIds(compilation, this.access);
    return ((await this.reads.rows({ at, shape: 'hidden', compile, named })) as string[][]).flat();
  }

  private async ofModel(
    model: ReadModel,
    key: number,
    hidden: readonly string[],
    from: ReadPoint,
    to: ReadPoint,
  ): Promise<FieldChange[]> {
    const versions = (await this.reads.rows({
      // A range of the past, whether or not it ends now.
      at: { ...to, now: false },
      shape: `changes ${model.name}`,
      compile: (compilation) => versionsBetween(compilation, model, this.access),
      named: { key, from: boundOf(from.sequence), limit: MOST_VERSIONS + 1 },
      effort: 'long',
    })) as Version[];
    if (versions.length > MOST_VERSIONS) {
      refuse(
        'LIMIT_EXCEEDED',
        `There are more than ${MOST_VERSIONS} changes of ${model.name} between these moments; ask for a shorter time.`,
        { allowed: MOST_VERSIONS },
      );
    }
    const seen = versions.map(([v, row, data]): Version => [v, row, withhold(data, hidden)]);
    return changesOf(model.name, seen, boundOf(from.sequence));
  }
}

/** Versions in order; those below `bound` are what was replaced. An event that changes a row twice counts once. */
function changesOf(model: string, versions: Version[], bound: number): FieldChange[] {
  const before = new Map<number, Row>();
  const steps = new Map<string, { sequence: number; old: Row; row: Row }>();
  for (const [v, key, row] of versions) {
    if (v >= bound) {
      const sequence = Math.floor(v / VERSIONS_PER_EVENT);
      const step = steps.get(`${sequence} ${key}`);
      if (step) step.row = row;
      else steps.set(`${sequence} ${key}`, { sequence, old: before.get(key) ?? {}, row });
    }
    before.set(key, row);
  }
  return [...steps.values()].flatMap(({ sequence, old, row }) =>
    [...new Set([...Object.keys(old), ...Object.keys(row)])]
      .filter((field) => !OWN.has(field) && !isDeepStrictEqual(old[field] ?? null, row[field] ?? null))
      .map((field) => ({
        ...{ model, record: row.id as string, field },
        old: old[field] ?? null,
        new: row[field] ?? null,
        sequence,
      })),
  );
}
