import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { all } from './event-log.events.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { noteAdded, opened, randomHistory, Recorder } from './read-store.events.js';
import { PATIENCE, using } from './read-store.using.js';

/** The read models follow from the log alone. */
export function rebuildContract(open: () => Promise<ReadStoreUnderTest>, rebuilds: number): void {
  describe('rebuilding', () => {
    const used = using(open);

    it('stops where following stops, with the same rows', async () => {
      const subject = await open();
      try {
        const recorder = await Recorder.of(subject.log);
        const id = randomUUID();
        const events = await recorder.record(
          ...[
            opened(id),
            noteAdded(id, randomUUID()),
            noteAdded(id, id),
            noteAdded(id, id),
            noteAdded(id, randomUUID()),
          ],
        );
        expect(await subject.readModels.waitFor(recorder.head, PATIENCE)).toBe('FAILED');
        const { rows, refused } = await subject.rebuild({ batchEvents: 2, late: 0, kept: { streams: 0, batches: 0 } });
        expect(refused).toMatchObject({ event: { id: events[3].id }, message: `notes holds ${id} already.` });
        expect(rows).toEqual(await subject.rows());
      } finally {
        await subject.destroy();
      }
    });

    it('gives the same rows, whatever the batches, and however often an event is delivered', async () => {
      const batchSize = fc.integer({ min: 1, max: 40 });
      await fc.assert(
        fc.asyncProperty(randomHistory, fc.array(batchSize, { minLength: 1, maxLength: 5 }), async (history, sizes) => {
          await used().recorder.record(...history.happenings);
          await used().current();
          const rows = await used().rows();
          const events = await all(used().log.readAll());
          expect(rows.length).toBeGreaterThan(events.length);
          expect(await used().build(batches(events, sizes))).toEqual(rows);
          // Every event twice: a batch begins where the one before it did.
          const twice = batches(events, sizes).flatMap((batch, n, others) => [
            batch,
            [...(others[n - 1] ?? []), ...batch],
          ]);
          expect(await used().build(twice)).toEqual(rows);
        }),
        { numRuns: 10 },
      );
    });

    it('gives the rows that following gives, however little it holds in memory', async () => {
      const pace = fc.record({
        batchEvents: fc.integer({ min: 1, max: 12 }),
        late: fc.nat(2),
        kept: fc.record({ streams: fc.nat(3), batches: fc.nat(2) }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(randomHistory, { minLength: 1, maxLength: 3 }), pace, async (histories, how) => {
          await used().recorder.record(...interleaved(histories.map(({ happenings }) => happenings)));
          await used().current();
          const { rows, refused } = await used().rebuild(how);
          expect(refused).toBeNull();
          expect(rows).toEqual(await used().rows());
        }),
        { numRuns: rebuilds },
      );
    });

    it('gives the rows of any moment before', async () => {
      const { recorder } = used();
      const pace = { batchEvents: 5, late: 1, kept: { streams: 1, batches: 0 } };
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: recorder.head }), async (until) => {
          const events = await all(used().log.readAll({ limit: until }));
          expect((await used().rebuild({ ...pace, until })).rows).toEqual(await used().build([events]));
        }),
        { numRuns: 5 },
      );
    });
  });
}

/** One of each in turns: the streams change places as they do in a busy log. */
function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, n) => lists.flatMap((list) => list.slice(n, n + 1))).flat();
}

function batches(events: readonly StoredEvent[], sizes: readonly number[]): StoredEvent[][] {
  const result: StoredEvent[][] = [];
  for (let from = 0; from < events.length; from += result.at(-1)!.length) {
    result.push(events.slice(from, from + sizes[result.length % sizes.length]));
  }
  return result;
}
