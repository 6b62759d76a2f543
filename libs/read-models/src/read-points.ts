import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Access } from './queries/access-sql.js';
import { type Compilation } from './queries/builder.js';
import {
  checkpointPoint,
  pointOfEvent,
  pointOfSequence,
  pointOfTime,
  timesOfSequence,
} from './queries/point-queries.js';
import { type ReadModelsState } from './read-models-state.js';
import { type ReadStore, type Statement } from './read-store.js';
import { type StatementCache } from './statement-cache.js';

/** A past moment, told in exactly one of three ways; RFC 3339 for `time`. */
export interface AsOf {
  sequence?: number | null;
  eventId?: string | null;
  time?: string | null;
}

/** The moment an answer is read at. */
export interface ReadPoint {
  /** All that was recorded up to this sequence, it included, is seen. */
  sequence: number;
  /** The log time of that event, RFC 3339. */
  recordedAt: string;
  logId: string;
  /** No past moment was asked for. */
  now: boolean;
  /** The moment itself, by which what falls due is judged, RFC 3339: now, the time asked for, or else `recordedAt`. */
  moment: string;
}

/** What reads share, beside what they read. */
export interface ReadContext {
  store: ReadStore;
  compilation: Compilation;
  statements: StatementCache;
  log: EventLogReader;
  logId: string;
  /** How long to wait for what is in the log and not yet here, in milliseconds. */
  readWaitMs: number;
  waitFor(sequence: number, timeoutMs: number): Promise<ReadModelsState>;
  clock(): number;
  /** Read models that held no row at all up to this sequence, by name: see `ReadSession.holdsAny`. */
  emptyUpTo: Map<string, number>;
}

type Place = [sequence: number, logTime: number];

/** Finds moments in the event index. */
export class ReadPoints {
  constructor(
    private readonly context: ReadContext,
    private readonly access: Access,
  ) {}

  /** Where the store stands now. Refuses with UNAVAILABLE while it holds nothing at all. */
  async latest(): Promise<ReadPoint> {
    let [place] = await this.find('checkpoint', checkpointPoint);
    if (place[0] === 0) {
      await this.reach(1);
      [place] = await this.find('checkpoint', checkpointPoint);
    }
    return this.point(place, true);
  }

  /**
   * The moment asked for. Refuses with VALIDATION_FAILED, AS_OF_OUT_OF_RANGE, NOT_FOUND or UNAVAILABLE.
   * @param argument what the caller knows it by
   */
  async at({ sequence, eventId, time }: AsOf, argument = 'asOf'): Promise<ReadPoint> {
    const given = [sequence, eventId, time].filter((one) => one !== null && one !== undefined);
    if (given.length !== 1) invalid(argument, 'ONE_OF', 'give exactly one of sequence, eventId and time');
    if (typeof sequence === 'number') return this.atSequence(sequence, argument);
    if (typeof time === 'string') return this.atTime(time, argument);
    return this.atEvent(eventId!);
  }

  /**
   * Whether the event of a sequence is the one that was recorded at that time, in milliseconds since 1970: another one may stand
   * there after a backup was restored. Refuses with UNAVAILABLE.
   */
  async wasRecorded(sequence: number, time: number): Promise<boolean> {
    await this.reach(sequence);
    const [times] = await this.find('times', timesOfSequence, { sequence });
    return (times ?? notReached(sequence)).includes(time);
  }

  private async atSequence(sequence: number, argument: string): Promise<ReadPoint> {
    if (!Number.isSafeInteger(sequence)) invalid(`${argument}.sequence`, 'SEQUENCE', 'a sequence is a whole number');
    const head = await this.head();
    if (sequence < 1 || sequence > head) await this.outOfRange(`There is no event of sequence ${sequence}`, head);
    await this.reach(sequence);
    const [place] = await this.find('sequence', pointOfSequence, { sequence });
    return this.point(place ?? notReached(sequence));
  }

  private async atTime(time: string, argument: string): Promise<ReadPoint> {
    const milliseconds = Date.parse(time);
    if (Number.isNaN(milliseconds)) invalid(`${argument}.time`, 'INSTANT', 'a time is RFC 3339: 2025-01-23T14:00:00Z');
    const head = await this.head();
    // Log time never runs backwards: a store that has passed the time knows all that was recorded until then.
    const [[stands, logTime]] = await this.find('checkpoint', checkpointPoint);
    // A clock that was set back does not make the future of what is recorded.
    if (milliseconds > Math.max(this.context.clock(), logTime)) await this.outOfRange(`${time} is in the future`, head);
    if (stands < head && logTime <= milliseconds) await this.reach(head);
    const [place] = await this.find('time', pointOfTime, { time: milliseconds });
    if (!place) await this.outOfRange(`${time} is before the first event`, head);
    return { ...this.point(place), moment: new Date(milliseconds).toISOString() };
  }

  private async atEvent(id: string): Promise<ReadPoint> {
    const find = () =>
      this.find(`event ${this.access.signature}`, (compilation) => pointOfEvent(compilation, this.access), {
        ...this.access.named,
        id,
      });
    let [place] = (await find()) as (Place | undefined)[];
    if (!place) {
      await this.reach(await this.head());
      [place] = await find();
    }
    if (!place) refuse('NOT_FOUND', `There is no event ${id} that you may see.`);
    return this.point(place);
  }

  private async head(): Promise<number> {
    return (await this.context.log.head()).sequence;
  }

  /** Waits until what is in the log is here as well. */
  private async reach(sequence: number): Promise<void> {
    if ((await this.context.waitFor(sequence, this.context.readWaitMs)) !== 'CURRENT') notReached(sequence);
  }

  private async outOfRange(what: string, head: number): Promise<never> {
    const [first] = await this.find('sequence', pointOfSequence, { sequence: 1 });
    const from = first ? this.point(first).recordedAt : null;
    const [[, logTime]] = await this.find('checkpoint', checkpointPoint);
    const to = new Date(Math.max(this.context.clock(), logTime)).toISOString();
    const times = from ? `, times from ${from} to ${to}` : '';
    refuse('AS_OF_OUT_OF_RANGE', `${what}; allowed are sequences from 1 to ${head}${times}.`, {
      allowed: { sequence: { from: 1, to: head }, time: { from, to } },
    });
  }

  private async find(
    name: string,
    compile: (compilation: Compilation) => Statement,
    named: Record<string, unknown> = {},
  ): Promise<Place[]> {
    const { store, statements, compilation } = this.context;
    const statement = statements.get(`point ${name}`, () => compile(compilation));
    const { rows } = await store.run({ statement, named, values: [] }, 'short');
    return rows as Place[];
  }

  private point([sequence, logTime]: Place, now = false): ReadPoint {
    const recordedAt = new Date(logTime).toISOString();
    const moment = now ? new Date(this.context.clock()).toISOString() : recordedAt;
    return { sequence, recordedAt, logId: this.context.logId, now, moment };
  }
}

/** Also where the store was told to be there: a database may have lost what it was told to hold, and is to hold it again. */
function notReached(sequence: number): never {
  refuse('UNAVAILABLE', `The read models have not yet reached sequence ${sequence}; try again in a moment.`);
}

function invalid(path: string, code: string, message: string): never {
  refuse('VALIDATION_FAILED', `${path}: ${message}.`, { violations: [{ path, code, message }] });
}
