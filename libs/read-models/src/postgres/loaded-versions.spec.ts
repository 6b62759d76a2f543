import { type Client } from 'pg';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { projections as group } from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { type Fold, type FoldedEvent } from '../fold.js';
import { foldNext } from '../fold-next.js';
import { LoadedVersions } from './loaded-versions.js';

/** More than is kept of what was loaded. */
const LARGE = 'x'.repeat(33_000_000);

describe('versions that a build loads', () => {
  it('stay until the event is folded that waits for several, however large they are', async () => {
    const asked: string[] = [];
    const query = (_: string, [keys]: [string]) => {
      asked.push(keys);
      if (asked.length > 3) throw new Error('What was loaded is loaded again.');
      const row = (v: number) => ({ v, key: v, subjectKey: 1, id: String(v), data: LARGE });
      return Promise.resolve({ rows: keys.slice(1, -1).split(',').map(Number).map(row) });
    };
    const versions = new LoadedVersions({ query } as unknown as Client, group);
    const [model] = group.models;
    const read = (): FoldedEvent => {
      for (const v of [1_024, 2_048, 3_072]) versions.version(model, v);
      return {} as FoldedEvent;
    };
    const lookAhead = (): void => void expect(read).toThrow();
    const written: FoldedEvent[] = [];
    const next = {
      fold: { fold: read, lookAhead } as unknown as Fold,
      write: (folded: FoldedEvent) => void written.push(folded),
      load: (begins: boolean) => versions.load(begins),
    };
    await foldNext(next, [{} as StoredEvent], 0);
    expect(written).toHaveLength(1);
    expect(asked).toEqual(['{1024}', '{2048}', '{3072}']);
  });
});
