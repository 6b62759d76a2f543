import { randomInt, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { projections } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { buildStore } from '#read-models/postgres/build.js';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { aServer, type AServer } from '../eventstoredb/a-server.js';
import { aPostgres, run } from './a-postgres.js';
import { rowsIn } from './rows-in.js';

const postgres = await aPostgres();

const openCase = `mutation ($id: ID!) { openCase(input: { commandId: $id, title: "Unusual volumes", kind: SUSPICIOUS_ACTIVITY }) {
  readModel case { id number revision } } }`;

interface Opened {
  openCase: { readModel: string; case: { id: string; number: string; revision: number } };
}

/** Two servers over one log and one database: what is recorded by one is read by both. */
(postgres ? describe : describe.skip)('two servers with their read models in one PostgreSQL database', () => {
  const folders: string[] = [];
  const servers: ServerUnderTest[] = [];
  const clients: GraphqlClient[] = [];
  let database: string;
  let eventStore: AServer;
  let made = 0;

  beforeAll(async () => {
    eventStore = await aServer();
    database = await postgres!.database();
    const environment = {
      ...{ HOST: '127.0.0.1', READ_STORE: database, READ_WAIT_MS: '10000' },
      ...{ EVENT_LOG: eventStore.url, EVENT_LOG_PREFIX: eventStore.prefix },
    };
    const urls: string[] = [];
    for (const n of [0, 1]) {
      folders.push(await mkdtemp(join(tmpdir(), 'caseledger-test-')));
      // They share what cannot be made again.
      if (n > 0)
        for (const name of ['admin.key', 'cursor.key', 'identifier.key'])
          await cp(join(folders[0], name), join(folders[n], name));
      servers.push(new ServerUnderTest(folders[n], environment));
      urls.push(await servers[n].listening());
    }
    const adminKey = (await readFile(join(folders[0], 'admin.key'), 'utf8')).trim();
    const { key } = await issueKey(urls[0], adminKey, 'investigator', ['INVESTIGATOR']);
    clients.push(...urls.map((url) => new GraphqlClient(url, key)));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
    await eventStore.end();
    await postgres!.end();
  });

  /** Opens a case there and reads it in the answer, which waits for it. */
  const opened = async (n: number) => {
    const { openCase: answer } = await clients[n].request<Opened>(openCase, { id: `case-${made++}` });
    expect(answer).toMatchObject({ readModel: 'CURRENT', case: { revision: 0 } });
    return answer.case;
  };
  const isSeen = async (n: number, { id, number }: Opened['openCase']['case']) => {
    const query = 'query ($id: ID!) { case(id: $id) { number } }';
    const { case: found } = await clients[n].request<{ case: { number: string } | null }>(query, { id });
    return found?.number === number;
  };

  it('show each its own writes, and those of the other', async () => {
    for (const [writer, reader] of [
      [0, 1],
      [1, 0],
    ]) {
      for (let n = 0; n < 5; n++) {
        const one = await opened(writer);
        expect(await isSeen(writer, one)).toBe(true);
        // The other one may be a moment behind.
        while (!(await isSeen(reader, one)));
      }
    }
  });

  it('take the longest identifier that there can be, which an index could not', async () => {
    const { id: caseId } = await opened(0);
    const text = (length: number, from: number) =>
      String.fromCodePoint(...Array.from({ length }, () => from + randomInt(20_000)));
    const source = { assertedBy: randomUUID() };
    const send = (name: string, input: object) =>
      clients[0].request<Record<string, { readModel: string }>>(
        `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { readModel case { id } } }`,
        { input: { commandId: randomUUID(), caseId, ...input } },
      );
    await send('addParty', { partyId: source.assertedBy, partyKind: 'PERSON' });
    const identifier = {
      ...{ subjectId: source.assertedBy, identifierKind: 'PAYMENT_FINGERPRINT', source },
      ...{ identifierValue: text(500, 0x4e00), identifierIssuer: text(300, 0x20000) },
    };
    expect(await send('recordIdentifier', identifier)).toMatchObject({ recordIdentifier: { readModel: 'CURRENT' } });
  });

  it('go on while the one that writes them stands still, and when it goes on again', async () => {
    process.kill(servers[0].pid, 'SIGSTOP');
    const one = await opened(1).finally(() => process.kill(servers[0].pid, 'SIGCONT'));
    await opened(0);
    while (!servers[0].written.errors.includes('Another server has taken over')) await new Promise(setImmediate);
    expect(await isSeen(0, one)).toBe(true);
    await opened(1);
    await opened(0);
  });

  it('go on when the one that writes them is killed, and are what the log makes of them', async () => {
    await servers[1].kill();
    const since = performance.now();
    const one = await opened(0);
    expect(performance.now() - since).toBeLessThan(10_000);
    expect(await isSeen(0, one)).toBe(true);
    await servers[0].stop();

    const log = await openEventStoreLog(eventStore);
    const [logId, handle] = [await log.identity(), log.readerHandle()];
    const schema = `caseledger_read_${projections.version}`;
    const [{ sequence }] = await run(database, `SELECT sequence FROM ${schema}.checkpoint`);
    const from = { url: database, logId, log: handle, projections: projectionsModule().href, until: Number(sequence) };
    await buildStore({ ...from, schema: 'again' }, {});
    await log.close();
    expect(await rowsIn(database, schema)).toEqual(await rowsIn(database, 'again'));
    expect(await run(database, `SELECT pid FROM pg_locks WHERE locktype = 'advisory'`)).toEqual([]);
  });
});
