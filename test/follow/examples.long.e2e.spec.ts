import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { principalOf } from '../../apps/cli/src/scenario/principals.js';
import { Random } from '../crash/random.js';
import { Service } from '../e2e/service.js';
import { run } from '../scenarios/run-script.js';
import { Example, EXAMPLES } from './example.js';

/** What concerns keys and numbers is not for those who investigate. */
const APART = /^(access|numbering)-/;

describe('the examples in docs/, while both scenarios are recorded', () => {
  let service: Service;
  const examples: Example[] = [];
  beforeAll(async () => {
    service = await Service.start();
  }, 180_000);
  afterAll(async () => {
    await Promise.all(examples.map((example) => example.kill()));
    await service.stop();
  });

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
    // Another key of the one who opens the cases that are recorded: it sees them, the restricted one too.
    const environment = {
      CASELEDGER_URL: service.url,
      CASELEDGER_KEY: await service.keyFor(principalOf('investigator')),
    };
    const example = (name: string, file: string): Example => {
      const made = new Example(name, join(service.folder, file), environment);
      examples.push(made);
      made.start();
      return made;
    };
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
});
