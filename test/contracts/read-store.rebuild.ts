import fc from 'fast-check';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { all } from './event-log.events.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { randomHistory } from './read-store.events.js';
import { using } from './read-store.using.js';

/** The read models follow from the log alone. */
export function rebuildContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('rebuilding', () => {
    const used = using(open);

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
  });
}

function batches(events: readonly StoredEvent[], sizes: readonly number[]): StoredEvent[][] {
  const result: StoredEvent[][] = [];
  for (let from = 0; from < events.length; from += result.at(-1)!.length) {
    result.push(events.slice(from, from + sizes[result.length % sizes.length]));
  }
  return result;
}
