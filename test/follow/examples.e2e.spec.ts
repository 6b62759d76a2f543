import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { Service } from '../e2e/service.js';
import { Example, EXAMPLES } from './example.js';

describe('the examples in docs/', () => {
  let service: Service;
  let key: string;
  const examples: Example[] = [];
  beforeAll(async () => {
    service = await Service.start();
    key = await service.keyFor('ines');
  }, 180_000);
  afterAll(async () => {
    await Promise.all(examples.map((example) => example.kill()));
    await service.stop();
  });

  const example = (name: string, file: string, CASELEDGER_KEY = key, CASELEDGER_URL = service.url): Example => {
    const made = new Example(name, join(service.folder, file), { CASELEDGER_URL, CASELEDGER_KEY });
    examples.push(made);
    made.start();
    return made;
  };

  it.each(EXAMPLES)('%s says so and ends where its key is refused', async (name) => {
    const refused = example(name, `${name}-refused.jsonl`, `${key.slice(0, -1)}x`);
    expect(await refused.ended).toEqual([1, null]);
    expect(refused.ids).toEqual([]);
  });

  describe('on a server that cannot answer at first', () => {
    const event = (id: string, sequence: number) => ({ id, sequence });
    const errors = (extensions: object) => ({ errors: [{ message: 'Not now.', extensions }] });
    let asked: number;
    const server = createServer((...request) => answer(...request));
    let answer: RequestListener;
    beforeAll(async () => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
    });
    beforeEach(() => (asked = 0));
    afterEach(() => Promise.all(examples.map((example) => example.kill())));
    afterAll(() => server.close());
    const started = (name: string): Example => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return example(name, `${name}-stubbed.jsonl`, key, url);
    };

    it('follow-polling asks again; behind an entry about access is the event of the same sequence', async () => {
      answer = (_request, response) => {
        const answers: [number, object?][] = [
          [503],
          [429],
          [200, errors({ code: 'RATE_LIMITED' })],
          [200, errors({ code: 'LIMIT_EXCEEDED', limit: 'time' })],
          [
            200,
            { data: { events: { nodes: [event('shared', 7), event('added', 7), event('next', 8)], cursor: 'c' } } },
          ],
        ];
        const [status, body] = answers[asked++] ?? [503];
        response.writeHead(status).end(body && JSON.stringify(body));
      };
      const polling = started('follow-polling');
      await polling.has(['shared', 'added', 'next']);
      expect(polling.cursors).toEqual(['6', '7', 'c']);
    });

    it('follow-sse comes back', async () => {
      answer = (_request, response) => {
        const status = [503, 429, 200][asked++] ?? 503;
        const data = JSON.stringify({ event: event('one', 1), cursor: 'c' });
        response.writeHead(status).end(status === 200 ? `data: ${data}\n\n` : undefined);
      };
      await started('follow-sse').has(['one']);
    });

    it('follow-websocket comes back', async () => {
      const sockets = new WebSocketServer({ server });
      sockets.on('connection', (socket) =>
        socket.on('message', (text: Buffer) => {
          const { type, id } = JSON.parse(text.toString()) as { type: string; id?: string };
          const tell = (what: object) => socket.send(JSON.stringify(what));
          if (type === 'connection_init') tell({ type: 'connection_ack' });
          if (type !== 'subscribe') return;
          const payload = { data: { events: { event: event('one', 1), cursor: 'c' } } };
          if (asked === 0) socket.close(1013, 'Not now.');
          else if (asked === 1) tell({ id, type: 'error', payload: errors({ code: 'RATE_LIMITED' }).errors });
          else tell({ id, type: 'next', payload });
          asked++;
        }),
      );
      await started('follow-websocket').has(['one']);
      sockets.close();
    });
  });
});
