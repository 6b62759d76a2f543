import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { caseledger, jsonLines } from '../cli/caseledger.js';
import { Service } from '../e2e/service.js';
import { aPostgres } from '../postgres/a-postgres.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';
import { aServer, type AServer } from './a-server.js';
import { answers, remember } from './same-answers.js';

const postgres = await aPostgres();

/** From EventStoreDB to the embedded engine and back, over each engine of the read models. */
describe('a log that is on EventStoreDB', () => {
  let eventStore: AServer;
  let folder: string;
  let server: Service;
  beforeAll(async () => {
    eventStore = await aServer();
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    server = await Service.on(folder, { EVENT_LOG: eventStore.url, EVENT_LOG_PREFIX: eventStore.prefix });
    expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
  });
  afterAll(async () => {
    await server.halt();
    await rm(folder, { recursive: true, force: true });
    await eventStore.end();
    await postgres?.end();
  });

  it('answers the same once it was copied to the embedded engine, and back to another place', async () => {
    const { url, prefix: EVENT_LOG_PREFIX } = eventStore;
    const { key } = await issueKey(server.url, server.adminKey, 'rosa', ['INVESTIGATOR']);
    const before = await remember(server.url, key);
    expect(JSON.stringify(before.answers)).toContain('CASE-');
    await server.halt();

    const embedded = join(folder, 'embedded');
    await mkdir(embedded);
    for (const secret of ['admin.key', 'cursor.key', 'identifier.key'])
      await cp(join(folder, secret), join(embedded, secret));
    const there = ['copy-log', '--from', url, '--to', `sqlite:${embedded}`];
    expect(await caseledger(there, { EVENT_LOG_PREFIX })).toMatchObject({
      code: 0,
      output: expect.stringMatching(/is a copy of esdb:.*\nlog .*\nevents +[\d,]+, verified one by one\n$/),
    });
    expect(await caseledger(['verify', embedded])).toMatchObject({ code: 0 });
    const stores: Record<string, string>[] = [{}];
    if (postgres) stores.push({ READ_STORE: await postgres.database() });
    for (const store of stores) {
      server = await Service.on(embedded, store);
      expect(await answers(server.url, key, before)).toEqual(before.answers);
      if (store === stores[0]) expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
      await server.halt();
    }

    // The read models of the embedded log name its events by places that are none there.
    const back = ['copy-log', '--from', 'sqlite:', '--to', url, '--prefix', `back.${EVENT_LOG_PREFIX}`, '--json'];
    const copied = await caseledger(back, { DATA_DIR: embedded });
    expect(copied.code).toBe(0);
    expect(jsonLines(copied.output)).toEqual([expect.objectContaining({ more: 0 })]);
    expect(await caseledger(back, { DATA_DIR: embedded })).toMatchObject({ code: 0, output: copied.output });
    const moved = { EVENT_LOG: url, EVENT_LOG_PREFIX: `back.${EVENT_LOG_PREFIX}` };
    for (const store of stores) {
      await server.halt();
      server = await Service.on(embedded, { ...moved, ...store });
      expect(await answers(server.url, key, before)).toEqual(before.answers);
      if (store === stores.at(-1)) expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
    }
  });

  it('refuses to copy what is not there and to what is another’s, and tells wrong usage', async () => {
    const { url, prefix: EVENT_LOG_PREFIX } = eventStore;
    const other = join(folder, 'other');
    await (await openSqliteLog({ folder: other })).close();
    const refused = await caseledger(['copy-log', '--from', 'sqlite:', '--to', url], {
      ...{ DATA_DIR: other, EVENT_LOG_PREFIX },
    });
    expect(refused).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('is another one already') });
    const missing = await caseledger(['copy-log', '--from', 'sqlite:nowhere', '--to', url]);
    expect(missing).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('There is no log') });
    expect(await caseledger(['copy-log', '--from', 'mysql:', '--to', url])).toMatchObject({ code: 64, output: '' });
  });
});
