import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type AccessFilter } from './access-filter.js';
import { type Changed, SubjectChanges } from './changes.js';
import { type Condition, type Value } from './condition.js';
import { type EventKind, type EventPage, EventReads, type HistoryOptions, type Stretch } from './event-reads.js';
import { type FeedOptions } from './feed-options.js';
import { holdsAny } from './holds-any.js';
import { PinnedReads } from './pinned-reads.js';
import { Access } from './queries/access-sql.js';
import { type Knower } from './queries/knower.js';
import { type ReadBudget } from './read-budget.js';
import { type ReadObserver } from './read-observer.js';
import { MarkReads, type ShownMark } from './mark-reads.js';
import { type ReadModel } from './read-model.js';
import { type AsOf, type ReadContext, type ReadPoint, ReadPoints } from './read-points.js';
import { type Term } from './search/text-query.js';
import { type SearchOptions, type SearchPage, TextReads } from './search/text-reads.js';
import { type ServedEvent } from './served-event.js';
import { type StreamEvent, StreamReads } from './stream-reads.js';
import { type SubjectPage, SubjectReads, type SubjectRow } from './subject-reads.js';
import { type SubjectsOptions } from './subjects-options.js';
import {
  type FoundRecords,
  type RecordPage,
  RecordReads,
  type RecordRow,
  type RecordsOptions,
} from './record-reads.js';

export { type AsOf, type ReadPoint } from './read-points.js';
export { type Known } from './queries/known-sql.js';
export { type Knower } from './queries/knower.js';
export { type Changed } from './changes.js';
export { type ShownMark } from './mark-reads.js';
export { type EventPage, type HistoryOptions } from './event-reads.js';
export { type FeedFilter, type FeedOptions } from './feed-options.js';
export { type ServedEvent } from './served-event.js';
export { type RecordPage, type RecordRow, type RecordsOptions } from './record-reads.js';
export { type SearchOptions, type SearchPage, type TextHit } from './search/text-reads.js';
export { type StreamEvent } from './stream-reads.js';
export { type SubjectPage, type SubjectRow } from './subject-reads.js';
export { type SubjectsOptions } from './subjects-options.js';

/**
 * Reads for one answer, under one principal's access filter. The first read pins the sequence that all others see as well.
 * What is nested below a row is read at the point the row was read at.
 */
export class ReadSession {
  private readonly access: Access;
  private readonly points: ReadPoints;
  private readonly reads: PinnedReads;
  private readonly subjectReads: SubjectReads;
  private readonly recordReads: RecordReads;
  private readonly eventReads: EventReads;
  private readonly markReads: MarkReads;
  private pinned: Promise<ReadPoint> | undefined;

  /** Made by `ReadModels.session`. */
  constructor(
    private readonly context: ReadContext,
    private readonly registry: EventRegistry,
    private readonly filter: AccessFilter,
    private readonly budget: ReadBudget,
    private readonly observer?: ReadObserver,
    knower?: Knower,
  ) {
    const access = Access.of(filter, context.compilation.group);
    this.access = knower ? access.knowing(knower) : access;
    this.points = new ReadPoints(context, this.access);
    this.reads = new PinnedReads(context, this.access, budget);
    const { group } = context.compilation;
    this.subjectReads = new SubjectReads(this.reads, this.access, group.category, observer);
    this.recordReads = new RecordReads(this.reads, this.access, observer);
    this.eventReads = new EventReads(this.reads, this.access, context.log, registry, group, observer);
    this.markReads = new MarkReads(this.reads, this.access, () => this.at());
  }

  /**
   * The moment to read at; without `asOf` the session's own. Waits up to `readWaitMs` for what the log has and the store has not.
   * Refuses with VALIDATION_FAILED (not exactly one given), AS_OF_OUT_OF_RANGE, NOT_FOUND (the event) and UNAVAILABLE.
   * @param argument what the caller knows `asOf` by
   */
  at(asOf?: AsOf | null, argument?: string): Promise<ReadPoint> {
    return asOf ? this.points.at(asOf, argument) : (this.pinned ??= this.points.latest());
  }

  /** Reads of the same answer that see only what somebody knew at a moment. */
  async knowing(knower: Knower): Promise<ReadSession> {
    const session = new ReadSession(this.context, this.registry, this.filter, this.budget, this.observer, knower);
    session.pinned = Promise.resolve(await this.at());
    return session;
  }

  /** The last sequence of the log; the store may not have reached it. */
  async head(): Promise<number> {
    return (await this.context.log.head()).sequence;
  }

  /** The point of a sequence: that of a page's cursor, for the pages behind it. */
  async point(sequence: number): Promise<ReadPoint> {
    const own = await this.at();
    return own.sequence === sequence ? own : this.points.at({ sequence });
  }

  /** Whether the event of a sequence was recorded at that time, in milliseconds since 1970. Refuses with UNAVAILABLE. */
  wasRecorded(sequence: number, time: number): Promise<boolean> {
    return this.points.wasRecorded(sequence, time);
  }

  /** One subject by its id or by a column that tells it from all others. */
  subject(
    model: ReadModel,
    where: { id: string } | { column: string; value: Value },
    at: ReadPoint,
  ): Promise<SubjectRow | null> {
    return this.subjectReads.subject(model, where, at);
  }

  /** A page of subjects. Refuses with LIMIT_EXCEEDED what takes too long. */
  subjects(model: ReadModel, options: SubjectsOptions, at: ReadPoint): Promise<SubjectPage> {
    return this.subjectReads.subjects(model, options, at);
  }

  /** How many subjects match, counted up to `max`: beyond it `exact` is false. */
  countSubjects(
    model: ReadModel,
    condition: Condition | undefined,
    max: number,
    at: ReadPoint,
  ): Promise<{ value: number; exact: boolean }> {
    return this.subjectReads.count(model, condition, max, at);
  }

  /** A page of a subject's records, the last changed first; asked for many subjects in one tick, all are read at once. */
  records(model: ReadModel, subjectKey: number, options: RecordsOptions, at: ReadPoint): Promise<RecordPage> {
    return this.recordReads.records(model, subjectKey, options, at);
  }

  /** A page of records of all subjects that a condition on indexed columns holds for, the last changed first. */
  recordsWhere(
    model: ReadModel,
    where: Condition,
    options: Pick<RecordsOptions, 'first' | 'after'>,
    at: ReadPoint,
  ): Promise<FoundRecords> {
    return this.recordReads.where(model, where, options, at);
  }

  /**
   * Whether a read model holds anything up to a moment, whoever may see it: for what most logs have nothing of. Known without
   * asking the store, and told at once, as long as that has got no further than where it was found empty.
   */
  holdsAny(model: ReadModel, at: ReadPoint): boolean | Promise<boolean> {
    return holdsAny(this.reads, this.context.emptyUpTo, model, at);
  }

  /** Records of a subject as they stood at revisions of it, by id: those that may be seen and were recorded by then. */
  recordsAt(
    model: ReadModel,
    subjectKey: number,
    revisions: ReadonlyMap<string, number>,
    at: ReadPoint,
  ): Promise<ReadonlyMap<string, Pick<RecordRow, 'key' | 'row'>>> {
    return this.recordReads.atRevisions(model, subjectKey, revisions, at);
  }

  /** Rows whose texts hold all of these terms, the last changed first. */
  search(terms: readonly Term[], options: SearchOptions, at: ReadPoint): Promise<SearchPage> {
    const { group } = this.context.compilation;
    return new TextReads(this.reads, this.access, group, this.observer).search(terms, options, at);
  }

  record(model: ReadModel, id: string, at: ReadPoint): Promise<RecordRow | null> {
    return this.recordReads.record(model, id, at);
  }

  /** A page of what a record was at each of its changes, the last first. */
  versions(
    model: ReadModel,
    record: { id: string; subjectKey: number },
    options: Pick<RecordsOptions, 'first' | 'after'>,
    at: ReadPoint,
  ): Promise<RecordPage> {
    return this.recordReads.versions(model, record, options, at);
  }

  /** A page of a subject's events, the oldest first unless `direction` says otherwise. */
  history(subjectKey: number, options: HistoryOptions, at: ReadPoint): Promise<EventPage> {
    return this.eventReads.history(subjectKey, options, at);
  }

  /** A page of all events, up to the session's own moment, in log order. */
  async events(options: FeedOptions): Promise<EventPage> {
    return this.eventReads.feed(options, await this.at());
  }

  /** Where the next events of a feed stand, up to the session's own moment; followers read so, see `Feed`. */
  async stretch(options: FeedOptions): Promise<Stretch> {
    return this.eventReads.stretch(options, await this.at());
  }

  /** What stands at places that `stretch` gave; at least the first. */
  contents(places: readonly Checkpoint[]): Promise<ServedEvent[]> {
    return this.eventReads.contents(places);
  }

  /** What kinds of events there are after a sequence, whoever may see them: only for finding out whom they may concern. */
  async kinds(after: number): Promise<EventKind[]> {
    return this.eventReads.kinds(after, await this.at());
  }

  /** Whether this principal sees a subject, at the session's own moment. */
  async sees(subjectId: string): Promise<boolean> {
    return this.eventReads.ofSubject(subjectId, await this.at());
  }

  /** The events of one stream up to a moment, whoever may see them: only for finding out what this reader may know. */
  stream(name: string, at: ReadPoint): AsyncGenerator<StreamEvent[]> {
    const { log, compilation } = this.context;
    return new StreamReads(this.reads, log, this.registry, compilation.group).upTo(name, at);
  }

  async event(id: string): Promise<ServedEvent | null> {
    return this.eventReads.event(id, await this.at());
  }

  /** The marks that stand now on a record and its subject, or on the subject alone. */
  marksOfRecord(subjectKey: number, recordId?: string): Promise<ShownMark[]> {
    return this.markReads.ofRecord(subjectKey, recordId);
  }

  /** The marks that stand now on what an event concerns. */
  marksOfEvent(sequence: number): Promise<ShownMark[]> {
    return this.markReads.ofEvent(sequence);
  }

  /** What changed in a subject and its records after `from`, up to `to`; see `Changed`. */
  changes(subjectKey: number, from: ReadPoint, to: ReadPoint): Promise<Changed[]> {
    const { models } = this.context.compilation.group;
    return new SubjectChanges(this.reads, this.access, this.eventReads, models).between(subjectKey, from, to);
  }
}
