import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { missing, readLog, storedUnanswered } from './check-log.js';
import { inFolder } from './folder.js';
import { Life } from './life.js';
import { ServerUnderTest } from './server-under-test.js';
import { until } from './until.js';
import { Writers } from './writers.js';

/** Whether something takes connections there. */
async function listens(url: URL): Promise<boolean> {
  const socket = connect(Number(url.port), url.hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A server that is started, in a folder of its own; ended and removed whatever comes. */
const withServer = (use: (life: Life) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const life = new Life(folder);
    try {
      await life.start();
      await use(life);
    } finally {
      await life.end();
    }
  });

/** Where a server said that it listens. */
const addressOf = ({ server }: Life): URL => new URL(server.written.output.match(/http:\S+/)![0]);

describe('a server that gets a SIGTERM', () => {
  it(
    'answers all that it carries out, takes nothing new and exits 0, with 64 writers at work',
    () =>
      withServer(async (life) => {
        const writers = new Writers(life.sender, life.hotCase);
        await Promise.race([writers.reached(300), writers.done]);
        const ended = await life.server.stop();
        await writers.done;
        expect(ended).toMatchObject({ code: 0, signal: null, errors: '' });

        const content = await readLog(life.folder);
        expect(missing(content, life.journal)).toEqual([]);
        expect(storedUnanswered(content, life.journal)).toEqual([]);
        expect(life.journal.acknowledged.length).toBeGreaterThan(300);
      }),
    120_000,
  );

  it(
    'finishes a request that had only begun to arrive, while it takes no new connection',
    () =>
      withServer(async (life) => {
        const url = addressOf(life);
        const body = JSON.stringify({
          query: 'mutation ($input: AddNoteInput!) { addNote(input: $input) { events { id } readModel case { id } } }',
          variables: { input: { commandId: randomUUID(), caseId: life.hotCase, text: { text: 'The last note.' } } },
        });
        const socket = connect(Number(url.port), url.hostname);
        let answer = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        const closed = once(socket, 'close');
        await once(socket, 'connect');
        const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${life.key}\r\ncontent-type: application/json\r\n`;
        socket.write(`${head}content-length: ${body.length}\r\n\r\n${body.slice(0, 40)}`);
        // Answered on another connection, so the one above has been read by now.
        await life.sender.ask(life.journal.sent[0]);

        const stopped = life.server.stop();
        await until('the server takes no new connection', async () => ((await listens(url)) ? undefined : true));
        socket.write(body.slice(40));
        expect(await stopped).toMatchObject({ code: 0, signal: null, errors: '' });
        await closed;
        expect(answer).toMatch(/^HTTP\/1\.1 200 /);
        expect(answer).toContain('"readModel":"CURRENT"');
        expect(answer).toContain(life.hotCase);
      }),
    120_000,
  );

  it(
    'does not wait for a connection that nothing was sent on',
    () =>
      withServer(async (life) => {
        const url = addressOf(life);
        const socket = connect(Number(url.port), url.hostname);
        const closed = once(socket, 'close');
        await once(socket, 'connect');
        // Answered on another connection, so the one above has been taken by now.
        await life.sender.ask(life.journal.sent[0]);
        const before = performance.now();
        expect(await life.server.stop()).toMatchObject({ code: 0, signal: null, errors: '' });
        expect(performance.now() - before).toBeLessThan(8_000);
        await closed;
      }),
    120_000,
  );

  it(
    'ends while it starts, though the log that it waits for does not answer',
    () =>
      inFolder(async (folder) => {
        const silent = createServer().listen(0, '127.0.0.1');
        await once(silent, 'listening');
        const { port } = silent.address() as AddressInfo;
        const server = new ServerUnderTest(folder, { EVENT_LOG: `esdb://127.0.0.1:${port}?tls=false` });
        try {
          await once(silent, 'connection');
          expect(await server.stop()).toMatchObject({ code: 0, signal: null, errors: '' });
        } finally {
          await server.kill();
          silent.close();
        }
      }),
    120_000,
  );
});
