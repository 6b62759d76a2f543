import { setImmediate as turn } from 'node:timers/promises';
import { type OwnerLock } from './owner-lock.js';
import { type Published } from './published.js';
import { Publisher } from './publisher.js';

describe('what the writing server tells', () => {
  it('is told whenever something changes, and each time leaves nothing behind in the process', async () => {
    // In Node 20 each signal that one is combined from keeps something of it for as long as it lives itself.
    const combined = jest.spyOn(AbortSignal, 'any');
    let told = 0;
    const client = { query: (text: string) => Promise.resolve(text.includes('pg_notify') && told++) };
    const status = { state: 'live', sequence: 1, position: '1', failure: null } as Published['status'];
    const publisher = new Publisher({ client } as unknown as OwnerLock, () => ({ served: null, status }));
    for (let changes = 1; changes <= 20; changes++) {
      while (told < changes) await turn();
      publisher.tell();
    }
    while (told < 21) await turn();
    await publisher.end();
    expect(combined).not.toHaveBeenCalled();
    combined.mockRestore();
  });

  it('is stored at once where another store is served: whoever takes over tells it on', async () => {
    const [stored, told]: [unknown[], unknown[]] = [[], []];
    const client = {
      query: (statement: string, values: string[]) => {
        const [into, text] = statement.startsWith('UPDATE') ? [stored, values[0]] : [told, values[1]];
        into.push((JSON.parse(text) as Published).served);
        return Promise.resolve();
      },
    };
    const status = { state: 'live', sequence: 1, position: '1', failure: null } as Published['status'];
    let served: string | null = null;
    const publisher = new Publisher({ client } as unknown as OwnerLock, () => ({ served, status }));
    for (served of ['one', 'two']) {
      publisher.tell();
      while (told.at(-1) !== served) await turn();
    }
    await publisher.end();
    // Once more each time that it is due.
    expect([...new Set(stored)]).toEqual([null, 'one', 'two']);
  });
});
