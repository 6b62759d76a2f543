import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { Service } from '../e2e/service.js';
import { ALL_RIGHT, recordAndAsk } from '../scenarios/record-and-ask.js';
import { aServer, type AServer } from './a-server.js';

const openCase = `mutation ($id: ID!) { openCase(input: { commandId: $id, title: "Unusual volumes", kind: SUSPICIOUS_ACTIVITY }) {
  sequence revision readModel events { id sequence } case { number revision } } }`;

const addMember = `mutation ($caseId: ID!, $id: String!, $commandId: ID!) { addMember(input: {
  commandId: $commandId, caseId: $caseId, grantee: { kind: GROUP, id: $id }, rights: [READ] }) { sequence case { id } } }`;
const whoCouldSee = `query ($caseId: ID!, $at: AsOf) { whoCouldSee(caseId: $caseId, at: $at) {
  nodes { id certainty } policy { version } } }`;

interface Who {
  whoCouldSee: { nodes: { id: string; certainty: string }[]; policy: { version: number } };
}

interface Opened {
  openCase: {
    sequence: number;
    readModel: string;
    events: { id: string; sequence: number }[];
    case: { number: string; revision: number };
  };
}

/** The product over EventStoreDB with the embedded read models. */
describe('a server whose log is on EventStoreDB', () => {
  let eventStore: AServer;
  let folder: string;
  let server: Service;
  const start = async () =>
    (server = await Service.on(folder, { EVENT_LOG: eventStore.url, EVENT_LOG_PREFIX: eventStore.prefix }));
  beforeAll(async () => {
    eventStore = await aServer();
    folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    await start();
  });
  afterAll(async () => {
    await server.halt();
    await rm(folder, { recursive: true, force: true });
    await eventStore.end();
  });

  it('records both scenarios and answers every question', async () => {
    expect(await recordAndAsk(server)).toEqual(ALL_RIGHT);
  });

  it('tells the places of what it recorded, the same for a retry and after a start', async () => {
    const { key } = await issueKey(server.url, server.adminKey, 'investigator', ['INVESTIGATOR']);
    const opened = async () => {
      const client = new GraphqlClient(server.url, key);
      const { openCase: answer } = await client.request<Opened>(openCase, { id: 'places' });
      const [{ id, sequence }] = answer.events;
      const { event } = await client.request<{ event: { sequence: number } }>(
        'query ($id: ID!) { event(id: $id) { sequence } }',
        { id },
      );
      expect(event.sequence).toBe(sequence);
      return answer;
    };
    const first = await opened();
    expect(first).toMatchObject({ readModel: 'CURRENT', case: { revision: 0 } });
    expect(first.sequence).toBeGreaterThan(1);
    expect(first.events.map(({ sequence }) => sequence)).toEqual([first.sequence]);
    expect(await opened()).toEqual(first);
    await server.halt();
    await start();
    expect(await opened()).toEqual(first);
  });

  it('tells who could see a case at a moment, though a stream alone does not tell places in the log', async () => {
    const key = async (name: string) => (await issueKey(server.url, server.adminKey, name, ['INVESTIGATOR'])).key;
    const client = new GraphqlClient(server.url, await key('mia'));
    const { openCase: opened } = await client.request<Opened>(openCase, { id: 'who' });
    const { event } = await client.request<{ event: { stream: string } }>(
      'query ($id: ID!) { event(id: $id) { stream } }',
      { id: opened.events[0].id },
    );
    const caseId = event.stream.slice('case-'.length);
    const places: number[] = [opened.sequence];
    for (const id of ['a', 'b', 'c']) {
      await key(`later-${id}`);
      const added = await client.request<{ addMember: { sequence: number } }>(addMember, {
        ...{ caseId, id, commandId: id },
      });
      places.push(added.addMember.sequence);
    }
    for (const [n, sequence] of places.entries()) {
      const { whoCouldSee: who } = await client.request<Who>(whoCouldSee, { caseId, at: { sequence } });
      const later = ['a', 'b', 'c'].slice(0, n);
      const expected = [...later.map((id) => `GROUP/${id}`), ...later.map((id) => `PERSON/later-${id}`), 'PERSON/mia'];
      const told = who.nodes.map(({ id }) => id).filter((id) => id.startsWith('GROUP/') || /later|mia/.test(id));
      expect(told).toEqual(expected.sort());
      expect(who.policy.version).toBeGreaterThan(0);
    }
  });
});
