import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { AppendTooLarge, WrongExpectedRevision } from '#event-sourcing/log/errors.js';
import {
  type Appended,
  type EventLog,
  type ExpectedRevision,
  MAX_APPEND_BYTES,
  type NewEvent,
} from '#event-sourcing/log/event-log.js';
import { all, eventOf, eventsOf, idsOf, newStream } from './event-log.events.js';

/** Revisions, repeats, conflicts, limits. */
export function appendContract(log: () => EventLog): void {
  const idsIn = async (stream: string) => idsOf(await all(log().readStream(stream)));

  describe('appending', () => {
    it('numbers a stream from 0 without gaps and answers where each event stands', async () => {
      const stream = newStream();
      const first = eventsOf(stream, 0, 3);
      const next = eventsOf(stream, 3, 2);
      const one = await log().append(stream, first, 'none');
      const two = await log().append(stream, next, 2);
      expect([one.firstRevision, one.lastRevision, two.firstRevision, two.lastRevision]).toEqual([0, 2, 3, 4]);
      expect([...one.events, ...two.events].map(({ id, revision }) => [id, revision])).toEqual(
        [...first, ...next].map(({ id }, n) => [id, n]),
      );
      expect(await idsIn(stream)).toEqual(idsOf([...first, ...next]));
    });

    it.each<[string, ExpectedRevision, number]>([
      ['no stream where there is one', 'none', 1],
      ['a revision already passed', 0, 1],
      ['a revision not reached yet', 2, 1],
    ])('refuses %s and stores nothing', async (_, expected, actual) => {
      const stream = newStream();
      await log().append(stream, eventsOf(stream, 0, 2), 'none');
      const refused = log().append(stream, [eventOf(stream, 9)], expected);
      await expect(refused).rejects.toBeInstanceOf(WrongExpectedRevision);
      await expect(refused).rejects.toMatchObject({ stream, expected, actual });
      expect(await idsIn(stream)).toHaveLength(2);
    });

    it('refuses a revision of a stream that does not exist', async () => {
      const stream = newStream();
      await expect(log().append(stream, [eventOf(stream, 0)], 0)).rejects.toMatchObject({ stream, actual: -1 });
      expect(await idsIn(stream)).toEqual([]);
    });

    it('refuses what was decided behind an event that another one stands in place of', async () => {
      const stream = newStream();
      const [first, mine, theirs] = [eventOf(stream, 0), eventOf(stream, 1, { by: 'me' }), eventOf(stream, 1)];
      const behind = (event: NewEvent) => eventOf(stream, 2, {}, { previousHash: event.hash });
      await log().append(stream, [first], 'none');
      const rivals = [log().append(stream, [theirs], 0), log().append(stream, [mine], 0)];
      rivals.push(log().append(stream, [behind(mine), eventOf(stream, 3)], 1));
      const outcomes = await Promise.allSettled(rivals);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(outcomes[2]).toMatchObject({ reason: { stream, expected: 1, actual: 1 } });
      expect(await idsIn(stream)).toEqual(idsOf([first, theirs]));
      const right = behind(theirs);
      const stored = await log().append(stream, [right], 1);
      expect(await log().append(stream, [right], 1)).toEqual(stored);
      expect(await idsIn(stream)).toEqual(idsOf([first, theirs, right]));
    });

    it('takes any revision for "any"', async () => {
      const stream = newStream();
      await log().append(stream, [eventOf(stream, 0)], 'any');
      expect(await log().append(stream, [eventOf(stream, 1)], 'any')).toMatchObject({ firstRevision: 1 });
    });

    it('refuses an append of nothing and events that no log can hold', async () => {
      const stream = newStream();
      const event = eventOf(stream, 0);
      for (const events of [
        [],
        [{ ...event, id: 'no-uuid' }],
        [{ ...event, type: '' }],
        [{ ...event, payload: '"\ud800"' }],
      ]) {
        await expect(log().append(stream, events, 'none')).rejects.toBeInstanceOf(TypeError);
      }
      expect(await idsIn(stream)).toEqual([]);
    });

    it('takes exactly 1 MiB of payloads and metadata, and not one byte more', async () => {
      const stream = newStream();
      const half = (revision: number, bytes: number) => {
        const { payload, metadata } = eventOf(stream, revision, { text: '' });
        // An umlaut is two bytes: what counts is bytes, not characters.
        const room = bytes - payload.length - metadata.length;
        return eventOf(stream, revision, { text: 'ü'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2) });
      };
      const most = [half(0, MAX_APPEND_BYTES / 2), half(1, MAX_APPEND_BYTES / 2)];
      const more = [half(0, MAX_APPEND_BYTES / 2), half(1, MAX_APPEND_BYTES / 2 + 1)];
      await expect(log().append(stream, more, 'none')).rejects.toBeInstanceOf(AppendTooLarge);
      await expect(log().append(stream, more, 'none')).rejects.toMatchObject({ bytes: MAX_APPEND_BYTES + 1 });
      await log().append(stream, most, 'none');
      expect(await idsIn(stream)).toEqual(idsOf(most));
    });
  });

  describe('appending again', () => {
    it('answers the same batch at the same revision with the first result, however far the stream has gone on', async () => {
      const stream = newStream();
      const [a, b, c] = [eventsOf(stream, 0, 2), eventsOf(stream, 2, 3), eventsOf(stream, 5, 1)];
      const first = [
        await log().append(stream, a, 'none'),
        await log().append(stream, b, 1),
        await log().append(stream, c, 4),
      ];
      const again = [
        await log().append(stream, a, 'none'),
        await log().append(stream, b, 1),
        await log().append(stream, c, 4),
      ];
      expect(again).toEqual(first);
      expect(await idsIn(stream)).toHaveLength(6);
    });

    it('answers the same batch sent twice at once with one result', async () => {
      const stream = newStream();
      const events = eventsOf(stream, 0, 3);
      const [one, two] = await Promise.all([
        log().append(stream, events, 'none'),
        log().append(stream, events, 'none'),
      ]);
      expect(two).toEqual(one);
      expect(await idsIn(stream)).toEqual(idsOf(events));
    });

    it('answers the head of a batch, and what followed in a batch of its own, where they stand', async () => {
      const stream = newStream();
      const [a, b, c] = eventsOf(stream, 0, 3);
      await log().append(stream, [a, b], 'none');
      await log().append(stream, [c], 1);
      expect(await log().append(stream, [a], 'none')).toMatchObject({ firstRevision: 0, lastRevision: 0 });
      expect(await log().append(stream, [b, c], 0)).toMatchObject({ firstRevision: 1, lastRevision: 2 });
      expect(await idsIn(stream)).toEqual(idsOf([a, b, c]));
    });

    it('refuses any other batch there, known ids in it or not', async () => {
      const stream = newStream();
      const [a, b, c] = eventsOf(stream, 0, 3);
      await log().append(stream, [a, b], 'none');
      for (const other of [[b], [b, a], [a, c], [c, a], [a, b, c], [c]]) {
        await expect(log().append(stream, other, 'none')).rejects.toMatchObject({
          stream,
          expected: 'none',
          actual: 1,
        });
      }
      expect(await idsIn(stream)).toEqual(idsOf([a, b]));
    });

    it('refuses the same ids there with other content, and what is chained on to that', async () => {
      const stream = newStream();
      const [a, b] = eventsOf(stream, 0, 2);
      await log().append(stream, [a], 'none');
      await log().append(stream, [b], 0);
      const otherB = eventOf(stream, 1, { n: 'other' }, { id: b.id });
      const onOther = eventOf(stream, 2, {}, { previousHash: otherB.hash });
      const sent = [log().append(stream, [otherB], 0), log().append(stream, [onOther], 1)];
      for (const one of await Promise.allSettled(sent)) {
        expect(one).toMatchObject({ status: 'rejected', reason: { stream, actual: 1 } });
      }
      const otherA = eventOf(stream, 0, { n: 'other' }, { id: a.id });
      await expect(log().append(stream, [otherA], 'none')).rejects.toMatchObject({ stream, expected: 'none' });
      const onB = eventOf(stream, 2, {}, { previousHash: b.hash });
      expect(await log().append(stream, [onB], 1)).toMatchObject({ lastRevision: 2 });
      expect(await idsIn(stream)).toEqual(idsOf([a, b, onB]));
    });

    it('stores a known id at a later revision or in another stream', async () => {
      const [stream, other] = [newStream(), newStream()];
      const id = randomUUID();
      await log().append(stream, [eventOf(stream, 0, {}, { id })], 'none');
      await log().append(stream, [eventOf(stream, 1, {}, { id })], 0);
      await log().append(other, [eventOf(other, 0, {}, { id })], 'none');
      expect([await idsIn(stream), await idsIn(other)]).toEqual([[id, id], [id]]);
    });
  });

  describe('appending at once', () => {
    it('lets one of many win each revision', async () => {
      const stream = newStream();
      const winners: string[] = [];
      for (let revision = 0; revision < 10; revision++) {
        const rivals = Array.from({ length: 20 }, () => eventOf(stream, revision));
        const results = await Promise.allSettled(
          rivals.map((event) => log().append(stream, [event], revision === 0 ? 'none' : revision - 1)),
        );
        winners.push(...rivals.filter((_, n) => results[n].status === 'fulfilled').map(({ id }) => id));
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ stream, actual: revision });
        }
        expect(winners).toHaveLength(revision + 1);
      }
      expect(await idsIn(stream)).toEqual(winners);
    });

    it('behaves like a list per stream, whatever is appended in whatever order', async () => {
      const demand = fc.oneof(fc.constantFrom('right', 'none', 'any', 'repeat'), fc.integer({ min: 0, max: 6 }));
      const step = fc.record({ stream: fc.nat(2), size: fc.integer({ min: 1, max: 3 }), demand });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const streams = [newStream(), newStream(), newStream()];
          const model = streams.map((): string[] => []);
          const last = new Map<number, { events: NewEvent[]; expected: ExpectedRevision; result: Appended }>();
          for (const { stream: s, size, demand } of steps) {
            const stored = model[s];
            const actual = stored.length - 1;
            const before = demand === 'repeat' ? last.get(s) : undefined;
            if (before) {
              expect(await log().append(streams[s], before.events, before.expected)).toEqual(before.result);
              continue;
            }
            const right = actual < 0 ? 'none' : actual;
            const expected = demand === 'right' || demand === 'repeat' ? right : demand;
            const events = eventsOf(streams[s], stored.length, size);
            const appending = log().append(streams[s], events, expected);
            if (expected !== 'any' && expected !== right) {
              await expect(appending).rejects.toMatchObject({ stream: streams[s], expected, actual });
              continue;
            }
            const result = await appending;
            expect(result).toMatchObject({ firstRevision: stored.length, lastRevision: stored.length + size - 1 });
            stored.push(...idsOf(events));
            if (expected === 'any') last.delete(s);
            else last.set(s, { events, expected, result });
          }
          for (const [s, stream] of streams.entries()) expect(await idsIn(stream)).toEqual(model[s]);
        }),
        { numRuns: 30 },
      );
    });
  });
}
