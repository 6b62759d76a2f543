import { type Answer, type Query } from '../read-store.js';
import { type OpenReadStore, ServedStore } from './served-store.js';

const ANSWER: Answer = { sequence: 7, rows: [], characters: 0 };
const QUERY = {} as Query;

describe('the store that is served', () => {
  const isClosed = new Map<string, boolean>();
  const open = (name: string): OpenReadStore => {
    const close = () => Promise.resolve(void isClosed.set(name, true));
    isClosed.set(name, false);
    return { run: () => Promise.resolve(ANSWER), leave: close, close };
  };

  it('refuses reads at the end, and opens no other that nobody would close', async () => {
    const served = new ServedStore(open, () => 'none yet');
    served.serve('one');
    expect(await served.run(QUERY, 'short')).toBe(ANSWER);
    const closed = served.close();
    served.serve('other');
    await closed;
    served.serve('third');
    expect([...isClosed]).toEqual([['one', true]]);
    const read = async (): Promise<Answer> => served.run(QUERY, 'short');
    await expect(read()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The read models are being closed; ask again later.',
    });
  });
});
