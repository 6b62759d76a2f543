import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { followEvents } from './event-stream.js';

const told = (cursor: string, caughtUp: boolean, event: object | null) =>
  `id: ${cursor}\ndata: ${JSON.stringify({ event, cursor, caughtUp, head: 9 })}\n\n`;

describe('following the feed', () => {
  it('tells where it rests: at first, and at each sign of life', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const [one, two] = [{ sequence: 1 }, { sequence: 2 }];
      response.end(
        `retry: 1000\n\n${told('a', false, one)}${told('b', true, null)}${told('c', true, two)}:\n\n:\nid: d\n\n` +
          `event: end\ndata: {"errors":[{"message":"The end."}]}\n\n`,
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const rested: string[] = [];
    const shown: number[] = [];
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const events = followEvents({
        ...{ url, key: 'k', after: '0', types: [], signal: new AbortController().signal },
        ...{ lost: () => undefined, rests: (place) => rested.push(place) },
      });
      const all = async () => {
        for await (const { sequence } of events) shown.push(sequence);
      };
      await expect(all()).rejects.toThrow('The end.');
    } finally {
      server.close();
    }
    expect(shown).toEqual([1, 2]);
    expect(rested).toEqual(['b', 'c', 'c']);
  });
});
