import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type EventLog, type ReadAllOptions, START, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { all, eventOf, eventsOf, followed, idsOf, newStream, placeOf } from './event-log.events.js';

/** Any character, none of them half a surrogate pair. (fast-check's own 'binary' unit takes a second to set up.) */
const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));

/** Order, both directions, starting points, limits, filters, texts. */
export function readContract(log: () => EventLog): void {
  describe('reading a stream', () => {
    const stream = newStream();
    const size = 30;
    const written = eventsOf(stream, 0, size);
    beforeAll(() => log().append(stream, written, 'none'));

    it('yields nothing for an unknown stream, past the end and for a limit of 0', async () => {
      expect(await all(log().readStream(newStream()))).toEqual([]);
      expect(await all(log().readStream(newStream(), { direction: 'backwards' }))).toEqual([]);
      expect(await all(log().readStream(stream, { from: size }))).toEqual([]);
      expect(await all(log().readStream(stream, { limit: 0 }))).toEqual([]);
    });

    it('hands every field back as it was given', async () => {
      const other = newStream('terms');
      const given = eventOf(other, 0, { a: 1 }, { type: 'TermsPublished', commandId: randomUUID() });
      await log().append(other, [given, eventOf(other, 1)], 'none');
      const [first, second] = await all(log().readStream(other));
      expect(first).toEqual({
        ...given,
        stream: other,
        revision: 0,
        sequence: first.sequence,
        position: first.position,
      });
      expect(second).toMatchObject({ revision: 1, commandId: null, commandHash: null });
    });

    it('keeps texts byte for byte', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: codePoint, maxLength: 200 }), fc.jsonValue(), async (text, value) => {
          const other = newStream();
          const event = eventOf(other, 0, { text, value, more: 'ä\u0000\u2028\ud83d\ude00"\\\n' });
          await log().append(other, [event], 'none');
          const [stored] = await all(log().readStream(other));
          expect([stored.payload, stored.metadata, stored.hash]).toEqual([event.payload, event.metadata, event.hash]);
        }),
        { numRuns: 50 },
      );
    });

    it('tells the same where metadata may be read when it is asked for', async () => {
      const names = ['stream', 'revision', 'sequence', 'position', 'id', 'type', 'schemaVersion', 'payload'] as const;
      const more = ['metadata', 'hash', 'commandId', 'commandHash'] as const;
      const facts = (event: StoredEvent) => [...names, ...more].map((name) => event[name]);
      for (const from of [0, 7]) {
        const events = await all(log().readStream(stream, { from, lazyMetadata: true }));
        expect(events.map(facts)).toEqual((await all(log().readStream(stream, { from }))).map(facts));
      }
    });

    it('reads both ways from any revision up to any limit', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.option(fc.nat(size + 2), { nil: undefined }),
          fc.constantFrom('forwards' as const, 'backwards' as const),
          fc.option(fc.nat(size + 2), { nil: undefined }),
          async (from, direction, limit) => {
            const events = await all(log().readStream(stream, { from, direction, limit }));
            const expected =
              direction === 'forwards' ? written.slice(from ?? 0) : written.slice(0, (from ?? size) + 1).reverse();
            expect(idsOf(events)).toEqual(idsOf(expected.slice(0, limit)));
          },
        ),
        { numRuns: 100 },
      );
    });
  });

  describe('reading the log', () => {
    let whole: StoredEvent[];
    const mark = randomUUID().slice(0, 8);
    // Categories of ours: an engine may take no others.
    const prefixes = [`case-a${mark}-`, `case-b${mark}-`];
    const types = [`X${mark}`, `Y${mark}`];

    beforeAll(async () => {
      for (let n = 0; n < 60; n++) {
        const stream = newStream(n % 5 === 0 ? 'case' : prefixes[n % 2].slice(0, -1));
        const type = n % 7 === 0 ? 'NoteAdded' : types[n % 3 === 0 ? 0 : 1];
        await log().append(stream, [eventOf(stream, 0, { n }, { type })], 'none');
      }
      whole = await all(log().readAll());
    });

    it('yields all events in log order, each with its place', async () => {
      expect(whole[whole.length - 1].position).toBe((await log().head()).position);
      const sequences = whole.map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from({ length: whole.length }, (_, n) => n + 1));
      const revisions = new Map<string, number>();
      for (const { stream, revision } of whole) {
        expect(revision).toBe((revisions.get(stream) ?? -1) + 1);
        revisions.set(stream, revision);
      }
    });

    it('is answered by each append with the same places', async () => {
      const stream = newStream();
      const appended = await log().append(stream, eventsOf(stream, 0, 3), 'none');
      const tail = await all(log().readAll({ after: placeOf(whole[whole.length - 1]) }));
      expect(tail.map(({ id }) => id)).toEqual(idsOf(appended.events));
      for (const [n, { sequence, position }] of appended.events.entries()) {
        if (sequence !== null) expect({ sequence, position }).toEqual(placeOf(tail[n]));
      }
    });

    it('reads both ways from any place up to any limit through any filter', async () => {
      // The log is shared and grows: what is compared is the part that was there.
      const end = whole.length;
      const sub = (values: string[]) => fc.option(fc.subarray(values), { nil: undefined });
      await fc.assert(
        fc.asyncProperty(
          fc.option(fc.integer({ min: Math.max(0, end - 80), max: end - 1 }), { nil: undefined }),
          fc.boolean(),
          sub([...prefixes, 'case-', `none${mark}`]),
          sub([...types, 'NoteAdded', 'Nothing']),
          fc.option(fc.nat(70), { nil: undefined }),
          async (at, forwards, streamPrefixes, filterTypes, limit) => {
            const after =
              at === undefined ? placeOf(whole[forwards ? Math.max(0, end - 80) : end - 1]) : placeOf(whole[at]);
            const matches = (event: StoredEvent) =>
              (streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true) &&
              (filterTypes?.includes(event.type) ?? true);
            const there = forwards ? whole.slice(after.sequence) : whole.slice(0, after.sequence - 1).reverse();
            const expected = there.filter(matches).slice(0, limit);
            const direction = forwards ? 'forwards' : 'backwards';
            const filter = { streamPrefixes, types: filterTypes };
            const read = await all(log().readAll({ after, direction, filter, limit }));
            expect(idsOf(read.filter(({ sequence }) => sequence! <= end))).toEqual(idsOf(expected));
          },
        ),
        { numRuns: 100 },
      );
    });

    it('begins at the head when it reads backwards from nowhere', async () => {
      const [last] = await all(log().readAll({ direction: 'backwards', limit: 1 }));
      expect(placeOf(last)).toEqual(await log().head());
    });

    it('takes a prefix as it is written, without wildcards', async () => {
      const stream = newStream(`case-p${mark}`);
      await log().append(stream, [eventOf(stream, 0)], 'none');
      const found = (prefix: string) => all(log().readAll({ filter: { streamPrefixes: [prefix] } }));
      expect(await found(`case-p${mark}`)).toHaveLength(1);
      const part = `case-p${mark.slice(0, 4)}`;
      for (const pattern of [`${part}%`, `${part}*`, `case-p${mark.slice(0, -1)}_`, `case-P${mark}`]) {
        expect(await found(pattern)).toEqual([]);
      }
    });

    it('hands out single events by their places, in the order asked', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(whole.length - 1), { maxLength: 20 }), async (wanted) => {
          expect(await log().readEvents(wanted.map((n) => placeOf(whole[n])))).toEqual(wanted.map((n) => whole[n]));
        }),
        { numRuns: 30 },
      );
      const { sequence, position } = await log().head();
      const beyond = { sequence: sequence + 1_000, position };
      await expect(log().readEvents([placeOf(whole[0]), beyond])).rejects.toBeInstanceOf(RangeError);
    });
  });
}

/** Long streams and long logs: last, so that nothing else has to read past what they leave. */
export function readALotContract(log: () => EventLog): void {
  describe('reading a lot', () => {
    const rare = `case-rare${randomUUID().slice(0, 8)}`;

    it('reads a long stream with large events whole', async () => {
      const long = newStream();
      const text = 'x'.repeat(9_000);
      for (let first = 0; first < 1_500; first += 100) {
        const batch = Array.from({ length: 100 }, (_, n) => eventOf(long, first + n, { text }));
        await log().append(long, batch, first === 0 ? 'none' : first - 1);
      }
      const revisions = (await all(log().readStream(long))).map(({ revision }) => revision);
      expect(revisions).toEqual(Array.from({ length: 1_500 }, (_, n) => n));
      const backwards = await all(log().readStream(long, { direction: 'backwards' }));
      expect(backwards.map(({ revision }) => revision)).toEqual(revisions.reverse());
    });

    it('finds the few that match far apart in a long log', async () => {
      const stream = newStream(rare);
      const many = newStream();
      await log().append(stream, [eventOf(stream, 0)], 'none');
      for (let first = 0; first < 2_000; first += 500) {
        await log().append(many, eventsOf(many, first, 500), first === 0 ? 'none' : first - 1);
      }
      await log().append(stream, [eventOf(stream, 1)], 0);
      const filter = { streamPrefixes: [rare] };
      const revisions = async (options: ReadAllOptions) =>
        (await all(log().readAll({ filter, ...options }))).map(({ revision }) => revision);
      expect(await revisions({})).toEqual([0, 1]);
      expect(await revisions({ direction: 'backwards' })).toEqual([1, 0]);
      const follower = log().follow({ after: START, filter });
      const events = await followed(follower, (_, caughtUp) => caughtUp !== null);
      expect(events.map(({ revision }) => revision)).toEqual([0, 1]);
    });
  });
}
