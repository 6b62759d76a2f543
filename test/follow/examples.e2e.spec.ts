import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
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

  const example = (name: string, file: string, CASELEDGER_KEY = key): Example => {
    const made = new Example(name, join(service.folder, file), { CASELEDGER_URL: service.url, CASELEDGER_KEY });
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
});
