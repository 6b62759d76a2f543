import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { packageRoot } from '#event-sourcing/package-root.js';
import { principalOf } from '../../apps/cli/src/scenario/principals.js';
import { Random } from '../crash/random.js';
import { until } from '../crash/until.js';
import { Service } from '../e2e/service.js';
import { run } from '../scenarios/run-script.js';

/** What concerns keys and numbers is not for those who investigate. */
const APART = /^(access|numbering)-/;
const EXAMPLES = ['follow-websocket', 'follow-sse', 'follow-polling'] as const;

/** An example out of docs/, in a process of its own. */
class Example {
  private child: ChildProcess | undefined;
  private errors = '';

  constructor(
    readonly name: string,
    readonly file: string,
    private readonly environment: Record<string, string>,
  ) {}

  start(): void {
    const program = join(packageRoot, `docs/examples/${this.name}.mjs`);
    const env = { ...process.env, ...this.environment };
    this.child = spawn(process.execPath, [program, this.file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
  }

  async kill(): Promise<void> {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** The ids in its file; half a line at the end is not counted. */
  get ids(): string[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { event: { id: string } }).event.id);
  }

  get cursors(): string[] {
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => (JSON.parse(line) as { cursor: string }).cursor);
  }

  /** Waits until it has as many as it should. */
  async has(ids: string[]): Promise<void> {
    await until(`${this.name} has ${ids.length} events; it wrote ${this.errors}`, () =>
      this.ids.length >= ids.length ? true : undefined,
    );
    expect({ name: this.name, ids: this.ids }).toEqual({ name: this.name, ids });
  }

  get ended(): Promise<unknown[]> {
    return once(this.child!, 'exit');
  }
}

describe('the examples in docs/', () => {
  let service: Service;
  let key: string;
  const examples: Example[] = [];
  beforeAll(async () => {
    service = await Service.start();
    // Another key of the one who opens the cases that are recorded: it sees them, the restricted one too.
    key = await service.keyFor(principalOf('investigator'));
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
  /** What the log holds for the key. */
  async function logged(): Promise<string[]> {
    const reader = openSqliteLogReader({ file: join(service.folder, LOG_FILE) });
    const ids: string[] = [];
    for await (const page of reader.readAll())
      ids.push(...page.filter(({ stream }) => !APART.test(stream)).map(({ id }) => id));
    await reader.close();
    return ids;
  }

  it('have exactly the log’s list, started before it or afterwards, killed and started again at random', async () => {
    const random = new Random();
    const before = EXAMPLES.map((name) => example(name, `${name}-before.jsonl`));
    const scenario = run('scenario', [], { CASELEDGER_URL: service.url, CASELEDGER_KEY: service.adminKey });
    let recorded = false;
    void scenario.ended.then(() => (recorded = true));
    for (let n = 0; n < 6 || !recorded; n++) {
      await pause(random.next(400));
      const one = before[random.next(before.length)];
      await one.kill();
      one.start();
    }
    expect((await scenario.ended).code).toBe(0);
    const after = EXAMPLES.map((name) => example(name, `${name}-after.jsonl`));
    const ids = await logged();
    expect(ids.length).toBeGreaterThan(40);
    for (const one of [...before, ...after]) await one.has(ids);
  }, 240_000);

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
