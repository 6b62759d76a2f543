import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AccessFilter, EVERYTHING } from '../access-filter.js';
import { type EventKind } from '../event-reads.js';
import { type FeedFilter } from '../feed-options.js';
import { type ProjectionGroup } from '../read-model.js';
import { type ReadModels } from '../read-models.js';
import { EventShelf } from './event-shelf.js';
import { FeedGroup, type GroupedFeed } from './feed-group.js';
import { Subscriber } from './subscriber.js';
import { type Transport } from './transport.js';

/** What a follower wants to be told. */
export interface Following extends FeedFilter {
  transport: Transport;
  /** A sequence; what was recorded up to it is known already. */
  after: number;
}

/** More events than so many are not looked at before everybody is woken. */
const MOST_KINDS = 500;

/**
 * All who follow the events. Each is told, in log order, what it may see at the moment it is told; what follows in one way
 * (the same access, the same filter) from one place shares its reads, and nobody is woken by events that do not concern it.
 */
export class Feed implements GroupedFeed {
  readonly shelf = new EventShelf();
  private readonly groups = new Map<string, FeedGroup>();
  private readonly stopListening: () => void;
  /** Waiting followers whom events up to here concern have been woken. */
  private routed: number;
  private routing: Promise<void> | undefined;
  /** What was asked last, as many who rest do so at the same place. */
  private time: { of: number; is: Promise<number | undefined> } | undefined;
  private ended = false;

  constructor(
    readonly readModels: Pick<ReadModels, 'checkpoint' | 'onMoved' | 'session' | 'status'>,
    /** The types of the entries that tell a reader of subjects gained and lost. */
    readonly told: ProjectionGroup['told'],
  ) {
    this.routed = readModels.checkpoint;
    this.stopListening = readModels.onMoved(() => this.moved());
  }

  /** How many follow at the moment. */
  get subscribers(): number {
    let count = 0;
    for (const group of this.groups.values()) count += group.members.size;
    return count;
  }

  /** The same by how they are told. */
  get byTransport(): Readonly<Record<Transport, number>> {
    const counts = { websocket: 0, sse: 0, polling: 0 };
    for (const group of this.groups.values()) for (const { transport } of group.members) counts[transport]++;
    return counts;
  }

  /** How many different ways of following there are at the moment. */
  get ways(): number {
    return this.groups.size;
  }

  /** While they are not, who may see what can change where the checkpoint stands: an earlier store may be served. */
  get isLive(): boolean {
    return this.readModels.status().state === 'live';
  }

  get isEnding(): boolean {
    return this.ended;
  }

  /** A follower under this access; close it when nobody listens any more. */
  subscribe(access: AccessFilter, { after, types, subjects, transport }: Following): Subscriber {
    const key = JSON.stringify([access, types ?? null, subjects ?? null]);
    let group = this.groups.get(key);
    if (!group) {
      group = new FeedGroup(this, access, { types, subjects }, () => this.groups.delete(key));
      this.groups.set(key, group);
    }
    const subscriber = new Subscriber(group, transport, after);
    if (this.ended) subscriber.close();
    return subscriber;
  }

  /** Ends all that follow, now and from here on. */
  async close(): Promise<void> {
    this.ended = true;
    this.stopListening();
    for (const group of [...this.groups.values()]) for (const member of [...group.members]) member.close();
    await this.routing;
  }

  /** Those who wait and are not woken have been spared all events up to here. */
  get spared(): number {
    return this.routed;
  }

  /** When the event of a sequence was recorded, in milliseconds since 1970; undefined where that cannot be told. */
  timeOf(sequence: number): Promise<number | undefined> {
    if (sequence > this.readModels.checkpoint) return Promise.resolve(undefined);
    if (this.time?.of !== sequence) this.time = { of: sequence, is: this.findTime(sequence) };
    return this.time.is;
  }

  private async findTime(sequence: number): Promise<number | undefined> {
    try {
      return Date.parse((await this.readModels.session(EVERYTHING).point(sequence)).recordedAt);
    } catch {
      this.time = undefined;
      return undefined;
    }
  }

  private moved(): void {
    this.routing ??= this.route().finally(() => (this.routing = undefined));
  }

  private async route(): Promise<void> {
    while (this.routed !== this.readModels.checkpoint && !this.ended) {
      const to = this.readModels.checkpoint;
      const waiting = [...this.groups.values()].filter((group) => group.hasWaiting);
      const kinds = waiting.some(({ filtered }) => filtered) ? await this.kinds(this.routed, to) : undefined;
      for (const group of waiting) {
        if (!kinds || group.isConcernedBy(kinds)) await group.wake();
      }
      this.routed = to;
      // Whoever follows the read models closely would otherwise leave nobody else a turn.
      await nextTurn();
    }
  }

  /** Undefined if it cannot be told what there is. */
  private async kinds(after: number, to: number): Promise<EventKind[] | undefined> {
    if (to < after || to - after > MOST_KINDS) return undefined;
    try {
      return await this.readModels.session(EVERYTHING).kinds(after);
    } catch {
      return undefined;
    }
  }
}
