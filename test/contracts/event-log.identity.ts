import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type EventLog, START } from '#event-sourcing/log/event-log.js';
import { SYSTEM_LOG } from '#event-sourcing/log/system-log.js';
import { all, eventOf, eventsOf, newStream } from './event-log.events.js';

interface Reopened {
  log: EventLog;
  reopen(): Promise<EventLog>;
}

/** Identity, head, and what closing and opening again keeps. It closes the log: what follows works on the reopened one. */
export function identityContract(subject: () => Reopened): void {
  const log = () => subject().log;

  describe('a log', () => {
    it('begins with the event that gives it its identity', async () => {
      const [first] = await all(log().readAll({ limit: 1 }));
      expect(first).toMatchObject({ stream: SYSTEM_LOG, type: 'LogCreated', revision: 0, sequence: 1 });
      expect(JSON.parse(first.payload)).toEqual({ logId: await log().identity() });
      expect(await log().identity()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });

    it('has its head at the last event stored', async () => {
      const stream = newStream();
      const before = await log().head();
      await log().append(stream, eventsOf(stream, 0, 3), 'none');
      const after = await log().head();
      expect(after.sequence).toBe(before.sequence + 3);
      expect((await log().readEvents([after]))[0]).toMatchObject({ stream, revision: 2 });
    });

    it('is the same log, with every event, after it was closed and opened again', async () => {
      const stream = newStream();
      const events = eventsOf(stream, 0, 3);
      const first = await log().append(stream, events, 'none');
      const [identity, head, whole] = [await log().identity(), await log().head(), await all(log().readAll())];
      await subject().reopen();
      expect([await log().identity(), await log().head()]).toEqual([identity, head]);
      expect(await all(log().readAll({ after: START }))).toEqual(whole);
      expect(await log().append(stream, events, 'none')).toEqual(first);
      expect(await log().append(stream, [eventOf(stream, 3)], 2)).toMatchObject({ firstRevision: 3 });
      expect((await log().head()).sequence).toBe(head.sequence + 1);
    });

    it('stores what was taken before it closes, ends its followers and takes nothing more', async () => {
      const [stream, closing] = [newStream(), log()];
      const follower = closing.follow({ after: await closing.head() });
      await follower.next();
      const waiting = follower.next();
      const taken = closing.append(stream, [eventOf(stream, 0)], 'none');
      const closed = closing.close();
      await expect(closing.append(stream, [eventOf(stream, 1)], 0)).rejects.toBeInstanceOf(LogUnavailable);
      expect(await taken).toMatchObject({ firstRevision: 0 });
      await closed;
      const last = await waiting;
      // What was taken may have come by before the end.
      if (!last.done) expect(last.value).toMatchObject([{ stream, revision: 0 }]);
      expect(await follower.next()).toEqual({ done: true, value: undefined });
      await closing.close();
      await subject().reopen();
      expect(await all(log().readStream(stream))).toHaveLength(1);
    });
  });
}
