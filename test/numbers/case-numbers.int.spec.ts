import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { ann, bob } from '../builders/actors.js';
import { commands } from '../builders/case-commands.js';
import { chainOf } from '../builders/chain.js';
import { CASE } from '../builders/ids.js';
import { caseAggregate } from '#investigation/case-aggregate.js';
import { eventRegistry } from '#investigation/event-classes.js';
import { type OpenCase, openCase } from '#investigation/cases/open-case.js';

let folder: string;
let log: SqliteEventLog;
let handler: CommandHandler;
let now: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'caseledger-numbers-'));
  const onFatal = (error: Error) => {
    throw error;
  };
  log = await openSqliteLog({ folder, onFatal });
  now = '2025-12-31T23:59:59.999Z';
  handler = new CommandHandler({
    log,
    registry: eventRegistry(loadEventSchemas()),
    logId: await log.identity(),
    authorise: () => undefined,
    clock: () => new Date(now),
  });
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

const open = (over: Partial<OpenCase>, actor = ann) =>
  handler.execute(caseAggregate, openCase, commands.openCase(over), actor);

async function numberOf(opening: ReturnType<typeof open>): Promise<string> {
  const [opened] = await chainOf(log, (await opening).stream);
  return (JSON.parse(opened.payload) as { number: string }).number;
}

describe('case numbers', () => {
  it('are distinct for 64 who open cases at once', async () => {
    const openings = Array.from({ length: 64 }, (_, n) => open({ commandId: `c${n}` }, n % 2 ? ann : bob));
    const numbers = await Promise.all(openings.map(numberOf));
    const expected = Array.from({ length: 64 }, (_, n) => `CASE-2025-${String(n + 1).padStart(4, '0')}`);
    expect([...numbers].sort()).toEqual(expected);
    expect(await chainOf(log, 'numbering-2025')).toHaveLength(64);
  });

  it('begin anew with the year of recording, UTC', async () => {
    const last = await numberOf(open({ commandId: 'c1' }));
    now = '2026-01-01T00:00:00.000Z';
    expect([last, await numberOf(open({ commandId: 'c2' }))]).toEqual(['CASE-2025-0001', 'CASE-2026-0001']);
    expect(await chainOf(log, 'numbering-2026')).toHaveLength(1);
  });

  it('stay what they were when a command is sent again, a year later', async () => {
    const first = await open({ commandId: 'c1' });
    now = '2026-06-01T00:00:00.000Z';
    expect(await open({ commandId: 'c1' })).toEqual({ ...first, repeated: true });
    await expect(chainOf(log, 'numbering-2026')).resolves.toEqual([]);
  });

  it('are not used up by a case that exists already', async () => {
    await open({ commandId: 'c1', caseId: CASE });
    await expect(open({ commandId: 'c2', caseId: CASE })).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await numberOf(open({ commandId: 'c3' }))).toBe('CASE-2025-0002');
  });
});
