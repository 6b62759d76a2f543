import { once } from 'node:events';
import { type ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type GraphQLFormattedError } from 'graphql';
import { type Portion, type Subscriber, type Told } from '#read-models/following/subscriber.js';
import { type ServedEvent } from '#read-models/read-session.js';
import { PASSING } from '../errors.js';
import { type FeedPosition } from './feed-place.js';
import { followedText } from './followed-event.js';

/**
 * What is written at once, at most but for one large event: some 60 KB. With three times as much, a follower that catches up was
 * told 10 to 16 % fewer events a second.
 */
const PORTION: Portion = { events: 128, characters: 40_960 };
/** How long a client is to wait before it comes back, in milliseconds. */
const RETRY = 1_000;

/** The stream ends without a word, and its client comes back with its cursor: then it is told what it is shown by then. */
export const COME_BACK = Symbol('come back');

export interface EventStreamOptions {
  cursorOf: (position: FeedPosition) => string;
  /** Hears of each event that is written. */
  told?: (event: ServedEvent) => void;
  /** Why the client may not follow any longer, or not as it began; undefined as long as it may. */
  refusal: () => Promise<GraphQLFormattedError | typeof COME_BACK | undefined>;
  /** Whatever was thrown, as clients may see it. */
  format: (error: unknown) => GraphQLFormattedError;
}

/** One client's stream of server-sent events. The next are read when the client has taken those before. */
export class EventStream {
  /** When something was last written, by `performance.now()`. */
  writtenAt = performance.now();
  private cursorAt = -1;
  private hasEnded = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly subscriber: Subscriber,
    private readonly options: EventStreamOptions,
  ) {
    // Who left while the stream was being made is told by no event any more.
    if (response.destroyed) subscriber.close();
    response.once('close', () => subscriber.close());
    response.on('error', () => undefined);
  }

  /** Resolves when the client has gone, or has been told that this is the end. */
  async run(): Promise<void> {
    try {
      this.write(`retry: ${RETRY}\n\n`);
      for (;;) {
        const told = await this.subscriber.next(PORTION);
        if (told.length === 0) break;
        if (await this.refused()) break;
        if (!this.write(told.map((one) => this.frame(one)).join(''))) await this.drained();
        else await nextTurn();
      }
    } catch (error) {
      const formatted = this.options.format(error);
      this.end(PASSING.includes(formatted.extensions?.code as string) ? COME_BACK : formatted);
    } finally {
      this.subscriber.close();
      this.response.end();
    }
  }

  /**
   * Lets proxies and the client see that the stream lives, and remembers for the client how far it has come. Rejects where it cannot
   * be told whether the client may follow on: what comes next asks again.
   */
  async beat(): Promise<void> {
    const at = this.subscriber.restsAt;
    // Whoever does not take what there is needs no sign of life.
    if (at === undefined || this.response.writableNeedDrain || (await this.refused())) return;
    const recordedAt = at > this.cursorAt ? await this.subscriber.timeOf(at) : undefined;
    if (this.subscriber.restsAt === undefined) return;
    // What was told meanwhile stands behind it.
    const isNew = at > this.cursorAt;
    this.write(isNew ? `:\nid: ${this.options.cursorOf({ sequence: at, recordedAt })}\n\n` : ':\n\n');
    if (isNew) this.cursorAt = at;
  }

  /** Ends the stream of a client that may not follow any longer. Rejects as `beat` does. */
  async refused(): Promise<boolean> {
    const refusal = await this.options.refusal();
    if (refusal) this.end(refusal);
    return refusal !== undefined;
  }

  /** Cuts off who does not take what it is sent: nobody could tell it that the server ends. */
  leave(): void {
    if (this.response.writableNeedDrain) this.response.destroy();
  }

  private frame(told: Told): string {
    const cursor = this.options.cursorOf(told);
    this.cursorAt = told.sequence;
    if (told.event) this.options.told?.(told.event);
    return `id: ${cursor}\ndata: ${followedText(told, cursor)}\n\n`;
  }

  private end(why: GraphQLFormattedError | typeof COME_BACK): void {
    if (why !== COME_BACK && this.response.writable && !this.hasEnded)
      this.write(`event: end\ndata: ${JSON.stringify({ errors: [why] })}\n\n`);
    this.hasEnded = true;
    this.subscriber.close();
  }

  private write(text: string): boolean {
    this.writtenAt = performance.now();
    return this.response.write(text);
  }

  private async drained(): Promise<void> {
    if (!this.response.writableNeedDrain) return;
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    this.response.once('close', leave);
    await once(this.response, 'drain', { signal: gone.signal }).catch(() => undefined);
    this.response.off('close', leave);
  }
}
