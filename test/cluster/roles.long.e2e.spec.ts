import { randomUUID } from 'node:crypto';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { aServer, type AServer } from '../eventstoredb/a-server.js';
import { until } from '../crash/until.js';
import { Api } from '../e2e/api.js';
import { followSse } from '../follow/sse.js';
import { aPostgres } from '../postgres/a-postgres.js';
import { Cluster, type Member } from './cluster.js';

const postgres = await aPostgres({ killed: true });

const openCase = `mutation ($id: ID!) { openCase(input: { commandId: $id, title: "Unusual volumes", kind: SUSPICIOUS_ACTIVITY }) {
  sequence readModel case { id number } } }`;
const closeCase = `mutation ($id: ID!, $caseId: ID!) { closeCase(input: { commandId: $id, caseId: $caseId,
  resolution: INSUFFICIENT_INFORMATION, reason: "Nothing more is to be had." }) { revision } }`;
const reopenCase = `mutation ($id: ID!, $caseId: ID!) { reopenCase(input: { commandId: $id, caseId: $caseId,
  reason: "There is more." }) { revision } }`;

interface Opened {
  openCase: { sequence: number; readModel: string; case: { id: string; number: string } | null };
}

/** One process projects, two serve: over EventStoreDB and PostgreSQL. */
(postgres ? describe : describe.skip)('a server split by its roles', () => {
  let cluster: Cluster;
  let eventStore: AServer;
  let projections: Member;
  let apis: Member[];
  let clients: GraphqlClient[];

  beforeAll(async () => {
    eventStore = await aServer();
    cluster = await Cluster.over(eventStore, await postgres!.database(), { READ_WAIT_MS: '9000' });
    // All at once, on a log and a database with nothing in them.
    [projections, ...apis] = await Promise.all([
      cluster.start('projections'),
      cluster.start('api'),
      cluster.start('api'),
    ]);
    const key = await cluster.investigator(apis[0]);
    clients = apis.map(({ url }) => new GraphqlClient(url, key));
    // A key is known where it was issued; elsewhere once that has been followed.
    while ((await clients[1].request('{ __typename }').catch(() => null)) === null);
  });
  afterAll(async () => {
    await cluster.end();
    await eventStore.end();
    await postgres!.end();
  });

  const opened = async (n: number) => {
    const { openCase: answer } = await clients[n].request<Opened>(openCase, { id: randomUUID() });
    expect(answer).toMatchObject({ readModel: 'CURRENT', case: { number: expect.stringMatching(/^CASE-/) } });
    return answer as Opened['openCase'] & { case: object };
  };
  const state = async ({ url }: Member) => {
    const response = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer ${await cluster.adminKey()}` },
    });
    return /^caseledger_projection_active (\d)$/m.exec(await response.text())?.[1];
  };

  it('has its read models steered by way of a process that only serves', async () => {
    const admin = new GraphqlClient(apis[1].url, await cluster.adminKey());
    const steered = async (mutation: string) =>
      (await admin.request<Record<string, { state: string }[]>>(`mutation { ${mutation} { state } }`))[mutation];
    expect(await steered('pauseProjection')).toMatchObject([{ state: 'PAUSED' }]);
    expect(await steered('resumeProjection')).not.toMatchObject([{ state: 'PAUSED' }]);
    await expect(steered('rollbackProjection')).rejects.toMatchObject({ code: 'NO_OTHER_STORE' });
    await opened(0);
  });

  it('has one first key, of which each process knows', async () => {
    for (const { url } of apis) {
      const admin = new GraphqlClient(url, await cluster.adminKey());
      const { keys } = await admin.request<{ keys: { principal: string }[] }>('{ keys { principal } }');
      expect(keys.map(({ principal }) => principal).sort()).toEqual(['administrator', 'investigator']);
    }
  });

  it('serves health and metrics in each process, and nothing else where it only projects', async () => {
    const authorization = `Bearer ${await cluster.adminKey()}`;
    for (const { url } of [projections, ...apis]) expect((await fetch(`${url}/health/live`)).status).toBe(200);
    for (const { url } of [projections, ...apis])
      while ((await (await fetch(`${url}/health/ready`)).text()) !== 'ready');
    expect(await Promise.all([projections, ...apis].map(state))).toEqual(['1', '0', '0']);
    const asked = (path: string, headers: Record<string, string>) =>
      fetch(`${projections.url}${path}`, { headers }).then(({ status }) => status);
    expect(await asked('/graphql', {})).toBe(401);
    expect(await asked('/metrics', {})).toBe(401);
    expect(await asked('/graphql', { authorization })).toBe(404);
    expect(await asked('/graphiql', { authorization })).toBe(404);
    expect(projections.server.written.output).toMatch(/^Caseledger listens on \S+\nHealth .*\nMetrics .*\n$/);
  });

  it('shows each process its own writes, and those of others as of where they were recorded', async () => {
    for (const [writer, reader] of [
      [0, 1],
      [1, 0],
    ]) {
      for (let n = 0; n < 5; n++) {
        const one = await opened(writer);
        const query = 'query ($id: ID!, $at: Sequence!) { case(id: $id, asOf: { sequence: $at }) { number } }';
        const found = await clients[reader].request<{ case: object }>(query, { id: one.case.id, at: one.sequence });
        expect(found.case).toEqual({ number: one.case.number });
      }
    }
  });

  it('takes up in one process the pages that another began', async () => {
    const query = 'query ($after: String) { cases(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const ids: string[] = [];
    for (let n = 0, after: string | null = null; n < 3; n++) {
      const { cases }: { cases: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } = await clients[
        n % 2
      ].request(query, { after });
      after = cases.pageInfo.endCursor;
      ids.push(...cases.nodes.map(({ id }) => id));
    }
    expect(new Set(ids).size).toBe(9);
  });

  it('asks the stream before it refuses by what a process remembers of a case', async () => {
    const { id: caseId } = (await opened(0)).case;
    const send = async (n: number, mutation: string) => {
      await clients[n].request(mutation, { id: randomUUID(), caseId });
    };
    // Each has it in memory as it was before the other's last command, by which its own would be refused.
    for (let round = 0; round < 3; round++) {
      await send(round % 2, closeCase);
      await send((round + 1) % 2, reopenCase);
    }
    await send(0, closeCase);
    await expect(send(1, closeCase)).rejects.toMatchObject({ code: 'CASE_CLOSED' });
    await send(1, reopenCase);
    await expect(send(0, reopenCase)).rejects.toMatchObject({ code: 'ALREADY_OPEN' });
  });

  it('recognises in one process a command that another has carried out', async () => {
    const { id: caseId } = (await opened(0)).case;
    const addNote = `mutation ($id: ID!, $caseId: ID!, $text: String!) {
      addNote(input: { commandId: $id, caseId: $caseId, text: { text: $text, language: "en" } }) { revision events { id sequence } } }`;
    const send = (n: number, text: string, id = randomUUID()) =>
      clients[n].request<{ addNote: { revision: number } }>(addNote, { id, caseId, text });
    // Each has the case in memory as it was before the other's last command.
    for (let n = 0; n < 6; n++) {
      await send((n + 1) % 2, `known ${n}`);
      const id = randomUUID();
      const first = await send(n % 2, `note ${n}`, id);
      expect(await send((n + 1) % 2, `note ${n}`, id)).toEqual(first);
      await expect(send((n + 1) % 2, 'another', id)).rejects.toMatchObject({ code: 'COMMAND_REUSED' });
    }
    expect((await send(0, 'the last')).addNote.revision).toBe(13);
  });

  it('goes on once another process projects, and what was recorded meanwhile is there', async () => {
    await projections.server.kill();
    const caseId = randomUUID();
    const open = `mutation ($caseId: ID!) { openCase(input: { commandId: $caseId, caseId: $caseId, title: "Meanwhile", kind: CASE }) {
      revision } }`;
    expect(await clients[0].request(open, { caseId })).toEqual({ openCase: { revision: 0 } });
    projections = await cluster.start('projections');
    const read = () =>
      clients[1].request<{ case: object | null }>('query ($caseId: ID!) { case(id: $caseId) { title } }', { caseId });
    let found = (await read()).case;
    while (!found) found = (await read()).case;
    expect(found).toEqual({ title: 'Meanwhile' });
    expect(await state(projections)).toBe('1');
  });

  it('tells of shares whom it knows only from the log, which does not say since when', async () => {
    const api = new Api(apis[0].url, await cluster.adminKey());
    const pia = { principal: 'pia', label: 'Pia', actorKind: 'PERSON', principalRoles: ['PARTNER'] };
    const issued = await api.command('issueKey', { ...pia, organisation: 'acme' }, api.adminKey, 'secret');
    const later = await cluster.start('api');
    const { case: one } = await api.done('openCase', { title: 'Shared', kind: 'CASE', restricted: true });
    const grantee = { kind: 'ORGANISATION', id: 'acme' };
    await api.done('addMember', { caseId: one.id, grantee, rights: ['READ'] });
    await until('the share is told', async () => {
      const wanted = { after: '0', types: ['CaseShared'] };
      const following = followSse(later.url, issued.data.issueKey.secret as string, wanted);
      try {
        for (;;) {
          const { done, value } = await following.told.next();
          if (value?.event) return value.event.stream === `case-${one.id}` || undefined;
          if (done || value.caughtUp) return undefined;
        }
      } finally {
        following.cut();
      }
    });
  });

  (postgres?.own ? it : it.skip)('is not ready in a process that only serves while PostgreSQL is away', async () => {
    const [{ server, url }] = apis;
    const answers = async (word: string) => (await (await fetch(`${url}/health/ready`)).text()) === word || undefined;
    await until('it is ready', () => answers('ready'));
    await postgres!.own!.stop();
    try {
      await until('it says that nothing can be read', () => answers('failed'), 15_000);
      const lines = server.written.errors.match(
        /"level":"warn".*The read store .* cannot be reached .*start PostgreSQL/g,
      );
      expect(lines).toHaveLength(1);
    } finally {
      await postgres!.own!.restart();
    }
    await until('it is ready again', () => answers('ready'));
  });
});
