import { randomUUID } from 'node:crypto';
import { type EventLog, START, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { all, eventOf, idsOf, newStream } from '../contracts/event-log.events.js';

/** Writers that append one event after another, each to a stream of its own, until told to stop. */
export class Workload {
  readonly acknowledged: string[] = [];
  private stopping = false;
  private readonly running: Promise<void>[];

  constructor(
    private readonly log: EventLog,
    writers: number,
  ) {
    this.running = Array.from({ length: writers }, () => this.write());
  }

  /** Resolves when so many more were acknowledged. */
  async more(count: number): Promise<void> {
    const wanted = this.acknowledged.length + count;
    while (this.acknowledged.length < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Rejects if any append was rejected. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.allSettled(this.running);
    await Promise.all(this.running);
  }

  private async write(): Promise<void> {
    const stream = newStream();
    for (let revision = 0, previousHash: string | undefined; !this.stopping; revision++) {
      const event = eventOf(stream, revision, { text: randomUUID() }, { previousHash });
      await this.log.append(stream, [event], revision === 0 ? 'none' : revision - 1);
      this.acknowledged.push(event.id);
      previousHash = event.hash;
    }
  }
}

/** Follows a log from its start and keeps what it was handed. */
export class Follow {
  readonly seen: StoredEvent[] = [];
  readonly ended: Promise<void>;
  private readonly abort = new AbortController();
  private readonly waiting = new Set<() => void>();

  constructor(log: EventLog) {
    this.ended = this.run(log);
    this.ended.catch(() => undefined);
  }

  /** Resolves when this event was handed out. */
  async until(id: string): Promise<void> {
    while (!this.seen.some((event) => event.id === id)) {
      await Promise.race([new Promise<void>((resolve) => this.waiting.add(resolve)), this.ended]);
    }
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async run(log: EventLog): Promise<void> {
    for await (const step of log.follow({ after: START, signal: this.abort.signal })) {
      if (!Array.isArray(step)) continue;
      this.seen.push(...step);
      for (const resolve of this.waiting) resolve();
      this.waiting.clear();
    }
  }
}

/** Everything acknowledged stands in the log once, in the order its follower saw, without a gap. */
export async function checkNothingLost(log: EventLog, acknowledged: readonly string[], follow: Follow): Promise<void> {
  const stored = await all(log.readAll());
  await follow.until(stored[stored.length - 1].id);
  expect(follow.seen.map(({ sequence }) => sequence)).toEqual(stored.map((_, n) => n + 1));
  expect(idsOf(follow.seen)).toEqual(idsOf(stored));
  expect(new Set(idsOf(stored)).size).toBe(stored.length);
  const ids = new Set(idsOf(stored));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
}
