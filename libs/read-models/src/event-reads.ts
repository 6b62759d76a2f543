import { openEnvelope } from '#event-sourcing/envelope.js';
import { type Checkpoint, type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { streamOf } from '#event-sourcing/stream-name.js';
import { type PinnedReads } from './pinned-reads.js';
import { isPlace, type Place, type PlaceCells, placeOf } from './event-place.js';
import { type ReadObserver } from './read-observer.js';
import { type Guards, guardsOf } from './guards.js';
import { type Access } from './queries/access-sql.js';
import { eventKinds, eventPlaces, type EventShape } from './queries/event-queries.js';
import { type ProjectionGroup } from './read-model.js';
import { type ReadPoint } from './read-points.js';
import { type Effort } from './read-store.js';
import { type ServedEvent } from './served-event.js';
import { ToldReads } from './told-reads.js';
import { withhold } from './withhold.js';
import { type FeedFilter, type FeedOptions } from './feed-options.js';

/** An envelope's characters, about: they are counted before they are read. */
const ENVELOPE = 600;

export interface EventPage {
  rows: ServedEvent[];
  hasNext: boolean;
}

export interface HistoryOptions {
  /** Only these; omitted: all. */
  types?: readonly string[];
  first: number;
  /** The sequence of the last event of the page before. */
  after?: number;
  direction?: 'forwards' | 'backwards';
}

/** Where a feed tells something: of an event, or (with `told`) that a subject came to be seen, or ceased to. */
export interface FeedPlace extends Checkpoint {
  /** The ids that this reader may not see in the event. */
  hidden: readonly string[] | null;
  guards?: Guards;
  /** What is told, where it is no event of the log. It stands before the event of its sequence. */
  told?: ServedEvent;
}

/** Where the next events of a feed stand. */
export interface Stretch {
  places: readonly FeedPlace[];
  /** What was looked through: all that the feed holds up to this sequence is in `places`. */
  reached: number;
  /** The last sequence that could be read at that moment. */
  head: number;
  /** When its event was recorded, RFC 3339. */
  headRecordedAt: string;
}

/** An event's type, and the stream if it is a subject's. */
export type EventKind = [type: string, stream: string | null];

/** Sequences that are looked through at once, so that a filter which matches little holds nobody up for long. */
const WINDOW = 20_000;
/** So many are looked through on the main thread. */
const SHORT = 2_000;

/** Events by the event index, under the access filter; their payloads from the log. */
export class EventReads {
  private readonly told: ToldReads;

  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly log: EventLogReader,
    private readonly registry: EventRegistry,
    private readonly group: ProjectionGroup,
    private readonly observer?: ReadObserver,
  ) {
    this.told = new ToldReads(reads, access, group);
  }

  history(subjectKey: number, options: HistoryOptions, at: ReadPoint): Promise<EventPage> {
    const { types, after, direction = 'forwards' } = options;
    const by = { of: 'subject', types: types !== undefined, after: after !== undefined, direction } as const;
    const backwards = direction === 'backwards' && after !== undefined;
    // Backwards the cursor is one more upper bound; reading a moment earlier comes to the same.
    const until = backwards ? { ...at, sequence: Math.min(at.sequence, after - 1) } : at;
    const named = { key: subjectKey, after, ...typesOf(types) };
    return this.page({ of: by, named, at: until, moment: at.sequence, ...options });
  }

  /**
   * Events of the log that may be seen, and the entries that tell of subjects gained and lost. An entry stands before the
   * event of its sequence, and on the same page: a page may hold one more than asked for.
   */
  async feed(options: FeedOptions, at: ReadPoint): Promise<EventPage> {
    const { after, first, types, subjects } = options;
    const isFiltered = types !== undefined || subjects !== undefined;
    const ask = { of: feedShape(options), named: this.feedNames(options), first: first + 1 };
    // What is hidden, or of other types, can be passed over up to the log's end: a little here, the rest in a long read.
    const near = { ...at, sequence: Math.min(at.sequence, after + SHORT) };
    let places = isFiltered ? [] : await this.places({ ...ask, at: near, moment: at.sequence, effort: 'short' });
    if (places.length <= first && (isFiltered || near.sequence < at.sequence)) {
      places = await this.places({ ...ask, at, effort: 'long' });
    }
    const until = places.length > first ? { ...at, sequence: places[first][0] } : at;
    const { page, hasNext } = await this.withTold(places, options, until);
    const events = await this.fetch(page.filter(isPlace));
    return { rows: page.map((one) => (isPlace(one) ? events.shift()! : one[1])), hasNext };
  }

  /** Where the next events of a feed stand; what stands there is not read. */
  async stretch(options: FeedOptions, at: ReadPoint): Promise<Stretch> {
    const { after, first, types, subjects } = options;
    const to = Math.min(at.sequence, after + WINDOW);
    const read = { head: at.sequence, headRecordedAt: at.recordedAt };
    if (to <= after) return { places: [], reached: after, ...read };
    const selective = types !== undefined || subjects !== undefined || this.access.selective;
    const effort = selective && to - after > SHORT ? 'long' : 'short';
    const ask = { of: feedShape(options), named: this.feedNames(options), first, effort } as const;
    const found = await this.places({ ...ask, at: { ...at, sequence: to }, moment: at.sequence });
    const end = found.length < first ? to : found[first - 1][0];
    const { page, hasNext } = await this.withTold(found, options, { ...at, sequence: end });
    const places = page.map((one): FeedPlace => {
      if (isPlace(one)) {
        return { sequence: one[0], position: one[1], hidden: one[2], guards: guardsOf(one[3]) };
      }
      return { sequence: one[0], position: '', hidden: null, told: one[1] };
    });
    return { places, reached: hasNext ? page.at(-1)![0] : end, ...read };
  }

  /**
   * What stands at these places, which a read under the same access gave: the first of them, or more as far as this software
   * knows the events. Nothing is withheld from it: that is left to whoever tells one reader of it. Refuses with
   * NEWER_SOFTWARE_NEEDED if this software does not know the first.
   */
  async contents(places: readonly Checkpoint[]): Promise<ServedEvent[]> {
    const stored = await this.log.readEvents(places);
    const served: ServedEvent[] = [];
    for (const [n, event] of stored.entries()) {
      try {
        served.push(this.served([places[n].sequence, '', null, null], event));
      } catch (error) {
        if (n === 0) throw error;
        break;
      }
    }
    return served;
  }

  /** What was recorded after one sequence and up to the moment read at, whoever may see it: to be told to nobody. */
  async kinds(after: number, at: ReadPoint): Promise<EventKind[]> {
    const read = { at: { ...at, now: false }, shape: 'event kinds', compile: eventKinds, named: { after } };
    return (await this.reads.rows(read)) as EventKind[];
  }

  /** Whether any event of a subject may be seen; entries that tell of subjects gained and lost are none. */
  async ofSubject(id: string, at: ReadPoint): Promise<boolean> {
    const options = { after: 0, subjects: [id] };
    const named = this.feedNames({ ...options, first: 1 });
    return (await this.places({ of: feedShape(options), named, at, first: 1 })).length > 0;
  }

  async event(id: string, at: ReadPoint): Promise<ServedEvent | null> {
    const { rows } = await this.page({ of: { of: 'id' }, named: { id }, at, first: 1 });
    return rows[0] ?? null;
  }

  /** Those of these sequences that may be seen. */
  async atSequences(sequences: readonly number[], at: ReadPoint): Promise<ServedEvent[]> {
    const named = { sequences: JSON.stringify(sequences) };
    return (await this.page({ of: { of: 'sequences' }, named, at, first: sequences.length, effort: 'long' })).rows;
  }

  private async page(ask: PlacesAsked): Promise<EventPage> {
    const { first } = ask;
    const places = await this.places({ ...ask, first: first + 1 });
    return { rows: await this.fetch(places.slice(0, first)), hasNext: places.length > first };
  }

  /** Puts the entries up to the moment `until` among the places of events, and takes as many as were asked for. */
  private async withTold(places: readonly Place[], options: FeedOptions, until: ReadPoint) {
    const { first } = options;
    const told = await this.told.between(options, until);
    const all = [...told, ...places].sort(([a], [b]) => a - b);
    const isTogether = first < all.length && all[first][0] === all[first - 1][0];
    const page = all.slice(0, isTogether ? first + 1 : first);
    return { page, hasNext: all.length > page.length };
  }

  private async places({ of: by, at, moment = at.sequence, first, effort, named }: PlacesAsked): Promise<Place[]> {
    const cells = (await this.reads.rows({
      // What the index holds never changes: now and then differ in nothing but the last sequence.
      at: { ...at, now: false },
      shape: `events ${JSON.stringify(by)}`,
      compile: (compilation) => eventPlaces(compilation, { access: this.access, by }),
      named: { ...named, moment, limit: first },
      effort,
    })) as PlaceCells[];
    return cells.map(placeOf);
  }

  private feedNames({ after, types, subjects }: FeedOptions): Record<string, unknown> {
    const streams = subjects?.map((id) => streamOf(this.group.category, id));
    return { after, ...typesOf(types), ...(streams && { streams: JSON.stringify(streams) }) };
  }

  private async fetch(places: readonly Place[]): Promise<ServedEvent[]> {
    if (places.length === 0) return [];
    const { budget } = this.reads;
    for (let wait = budget.wait(); wait; wait = budget.wait()) await wait;
    budget.spend(places.length * ENVELOPE);
    const events = await this.log.readEvents(places.map(([sequence, position]) => ({ sequence, position })));
    budget.spend(events.reduce((sum, { payload }) => sum + payload.length, 0));
    const served = events.map((stored, n) => this.served(places[n], stored));
    this.observer?.events(served);
    return served;
  }

  private served([sequence, , hidden, cells]: Place, stored: StoredEvent): ServedEvent {
    const payload = withhold(this.registry.decode(stored.type, stored.schemaVersion, stored.payload), hidden);
    return { envelope: openEnvelope(stored, sequence), payload, stored, hidden, guards: guardsOf(cells) };
  }
}

interface PlacesAsked {
  of: EventShape['by'];
  named: Record<string, unknown>;
  /** Up to where events are looked through. */
  at: ReadPoint;
  /** The sequence of the moment read at, where that is a later one. */
  moment?: number;
  first: number;
  effort?: Effort;
}

const feedShape = ({ types, subjects }: FeedFilter) =>
  ({ of: 'log', types: types !== undefined, subjects: subjects !== undefined }) as const;

const typesOf = (types: readonly string[] | undefined) => types && { types: JSON.stringify(types) };
