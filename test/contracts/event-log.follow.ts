import { getEventListeners, setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { CheckpointAhead } from '#event-sourcing/log/errors.js';
import { type Checkpoint, type EventLog, START, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { until } from '../crash/until.js';
import { eventOf, eventsOf, followed, idsOf, newStream, placeOf } from './event-log.events.js';

interface Followed {
  log: EventLog;
  openFollowers(): number;
}

/** Catch-up, then live; filters; ends that free everything. */
export function followContract(subject: () => Followed): void {
  const log = () => subject().log;

  /** Appends `count` events in batches of these sizes, several writers at once, each to a stream of its own. */
  async function write(writers: number, sizes: readonly number[]): Promise<string[]> {
    const ids = await Promise.all(
      Array.from({ length: writers }, async () => {
        const stream = newStream();
        const mine: string[] = [];
        for (const size of sizes) {
          const events = eventsOf(stream, mine.length, size);
          await log().append(stream, events, mine.length === 0 ? 'none' : mine.length - 1);
          mine.push(...idsOf(events));
        }
        return mine;
      }),
    );
    return ids.flat();
  }

  describe('following', () => {
    it('hands out what is there, says that it has caught up, then what comes', async () => {
      const stream = newStream();
      const after = await log().head();
      await log().append(stream, eventsOf(stream, 0, 2), 'none');
      const follower = log().follow({ after });
      const seen: StoredEvent[] = [];
      const heads: Checkpoint[] = [];
      for await (const step of follower) {
        if (Array.isArray(step)) seen.push(...step);
        else {
          heads.push(step.head);
          expect(placeOf(seen[seen.length - 1])).toEqual(step.head);
          if (seen.length === 5) break;
          if (seen.length === 2) await log().append(stream, eventsOf(stream, 2, 3), 1);
        }
      }
      expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
      expect(heads[heads.length - 1]).toEqual(await log().head());
    });

    it('says at once that it has caught up where nothing is new', async () => {
      const head = await log().head();
      const follower = log().follow({ after: head });
      expect(await follower.next()).toEqual({ done: false, value: { caughtUp: true, head } });
      await follower.return?.();
    });

    it('misses and repeats nothing across several writers, wherever it is left and taken up again', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 5 }),
          fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }),
          fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
          async (writers, sizes, stops) => {
            let place = await log().head();
            const from = place.sequence;
            const total = writers * sizes.reduce((sum, size) => sum + size, 0);
            const writing = write(writers, sizes);
            const seen: StoredEvent[] = [];
            for (const stop of [...stops, total]) {
              const left = Math.min(stop, total - seen.length);
              if (left === 0) break;
              seen.push(...(await followed(log().follow({ after: place }), (events) => events.length >= left)));
              place = placeOf(seen[seen.length - 1]);
            }
            const ids = await writing;
            expect(seen.map(({ sequence }) => sequence)).toEqual(ids.map((_, n) => from + n + 1));
            expect(idsOf(seen).sort()).toEqual(ids.sort());
          },
        ),
        { numRuns: 15 },
      );
    });

    it('shows every follower the same order, whenever it began', async () => {
      const from = await log().head();
      const writing = write(
        4,
        Array.from({ length: 25 }, () => 2),
      );
      const followers: Promise<StoredEvent[]>[] = [];
      for (let n = 0; n < 8; n++) {
        followers.push(followed(log().follow({ after: from }), (events) => events.length >= 200));
        await nextTurn();
      }
      const orders = (await Promise.all(followers)).map(idsOf);
      expect(orders[0].slice().sort()).toEqual((await writing).sort());
      for (const order of orders) expect(order).toEqual(orders[0]);
    });

    it('hands out only what matches its filter, and its caught-up moves on all the same', async () => {
      const [wanted, other] = [newStream('signal'), newStream('exhibit')];
      const follower = log().follow({
        after: await log().head(),
        filter: { streamPrefixes: ['signal-'], types: ['Wanted', 'AlsoWanted'] },
      });
      const append = async (stream: string, revision: number, type: string) => {
        const event = eventOf(stream, revision, {}, { type });
        await log().append(stream, [event], revision === 0 ? 'none' : revision - 1);
        return event.id;
      };
      const matching = [await append(wanted, 0, 'Wanted')];
      await append(wanted, 1, 'Unwanted');
      await append(other, 0, 'Wanted');
      matching.push(await append(wanted, 2, 'AlsoWanted'));
      await append(other, 1, 'Wanted');
      const head = await log().head();
      const events = await followed(follower, (_, caughtUp) => caughtUp?.head.sequence === head.sequence);
      expect(idsOf(events)).toEqual(matching);
    });

    it('answers calls of next() made ahead in order', async () => {
      const stream = newStream();
      const follower = log().follow({ after: await log().head() });
      const steps = [follower.next(), follower.next(), follower.next()];
      await steps[0];
      await log().append(stream, [eventOf(stream, 0)], 'none');
      expect(await Promise.all(steps)).toMatchObject([
        { value: { caughtUp: true } },
        { value: [{ stream, revision: 0 }] },
        { value: { caughtUp: true } },
      ]);
      await follower.return?.();
    });

    it('refuses to begin beyond the head', async () => {
      const { sequence, position } = await log().head();
      const follower = log().follow({ after: { sequence: sequence + 1, position } });
      await expect(follower.next()).rejects.toBeInstanceOf(CheckpointAhead);
      expect(await follower.next()).toEqual({ done: true, value: undefined });
    });
  });

  describe('ending a follower', () => {
    it.each<[string, (end: { abort(): void; return(): unknown }) => unknown]>([
      ['return()', (end) => end.return()],
      ['its signal', (end) => end.abort()],
    ])('ends it by %s while it waits', async (_, end) => {
      const controller = new AbortController();
      const follower = log().follow({ after: await log().head(), signal: controller.signal });
      await follower.next();
      const waiting = follower.next();
      await nextTurn();
      await end({ abort: () => controller.abort(), return: () => follower.return?.() });
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await follower.next()).toEqual({ done: true, value: undefined });
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    });

    it('yields nothing under a signal that has fired already', async () => {
      const follower = log().follow({ after: START, signal: AbortSignal.abort() });
      expect(await follower.next()).toEqual({ done: true, value: undefined });
      expect(subject().openFollowers()).toBe(0);
    });

    it('leaves nothing of 1,000 followers, however they ended', async () => {
      const stream = newStream();
      const head = await log().head();
      const resources = () => process.getActiveResourcesInfo();
      await nextTurn();
      const before = resources();
      const more = () => {
        const left = [...before];
        return resources().filter((one) => {
          const at = left.indexOf(one);
          if (at >= 0) left.splice(at, 1);
          return at < 0;
        });
      };
      const controller = new AbortController();
      const { signal } = controller;
      setMaxListeners(0, signal);
      const followers = Array.from({ length: 1_000 }, () => log().follow({ after: head, signal }));
      const waiting = followers.map(async (follower, n) => {
        // A tenth is never begun, a tenth is left after its first step; the others wait.
        if (n % 10 === 0) return follower.return?.();
        await follower.next();
        return n % 10 === 1 ? follower.return?.() : follower.next();
      });
      await log().append(stream, [eventOf(stream, 0)], 'none');
      await Promise.all(waiting);
      expect(subject().openFollowers()).toBe(800);
      for (const [n, follower] of followers.entries()) if (n % 2 === 0) await follower.return?.();
      controller.abort();
      expect(await Promise.all(followers.map((follower) => follower.next()))).toEqual(
        followers.map(() => ({ done: true, value: undefined })),
      );
      await nextTurn();
      expect(subject().openFollowers()).toBe(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      // Timers of a connection come and go by themselves.
      await until('nothing more is open than before', () => (more().length === 0 ? true : undefined));
    });
  });
}
