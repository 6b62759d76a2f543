import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { type GraphQLSchema, type GraphQLUnionType } from 'graphql';
import { withoutNulls } from '#event-sourcing/event.js';
import { WITHHELD } from '#read-models/withhold.js';
import { codeOf } from './code-of.js';
import { type FullCase, recordFullCase } from './full-case.js';
import { everythingOf, schemaOf } from './selections.js';
import { Service } from './service.js';

/** Everything of an event; its payload as it is read now. */
const eventFields = (schema: GraphQLSchema): string =>
  `${everythingOf(schema.getType('RecordedEvent') as never).slice(0, -1)} payload }`;

describe('the feed of events', () => {
  let service: Service;
  let schema: GraphQLSchema;
  let investigator: string;
  let full: FullCase;
  /** What somebody is shown; what the investigator is. */
  let all: Record<string, any>[];
  let mine: Record<string, any>[];
  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    const reviewer = await service.keyFor('rosa', ['REVIEWER']);
    const { data } = await service.command(
      'issueKey',
      { principal: 'guest', label: 'Guest', actorKind: 'SERVICE' },
      service.adminKey,
      'key { id }',
    );
    await service.command('revokeKey', { keyId: data.issueKey.key.id, reason: 'Left.' });
    full = await recordFullCase(service, investigator, reviewer);
    schema = await schemaOf(service);
    const everything = eventFields(schema);
    const [ofAdministrator, ofInvestigator] = await Promise.all(
      [service.adminKey, investigator].map(async (key) => (await whole(everything, key)).nodes),
    );
    mine = ofInvestigator;
    const others = ofAdministrator.filter(({ id }) => !mine.some((event) => event.id === id));
    all = [...mine, ...others].sort((a, b) => a.sequence - b.sequence);
  });
  afterAll(() => service.stop());

  const feed = async (
    after: string | null,
    node = '{ sequence type }',
    first = 100,
    types?: string[],
    key?: string,
  ) => {
    const { data, errors } = await service.ask(
      `query ($after: String, $first: Int, $types: [String!]) {
        events(after: $after, first: $first, types: $types) { nodes ${node} cursor head caughtUp } }`,
      { after, first, ...(types && { types }) },
      key ?? investigator,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.events as { nodes: Record<string, any>[]; cursor: string; head: number; caughtUp: boolean };
  };
  /** The whole feed, page by page. */
  const whole = async (node?: string, key?: string) => {
    let page = await feed('0', node, 50, undefined, key);
    const nodes = [...page.nodes];
    while (!page.caughtUp) {
      page = await feed(page.cursor, node, 50, undefined, key);
      nodes.push(...page.nodes);
    }
    return { ...page, nodes };
  };
  /** What the log holds, but for what is told to nobody: numbers, claims, and who read what. */
  const told = (): number[] => {
    const db = new DatabaseSync(join(service.folder, 'log.sqlite'), { readOnly: true });
    try {
      const rows = db
        .prepare(
          `SELECT events.sequence FROM events JOIN streams ON streams.id = events.stream_id WHERE streams.name NOT LIKE 'access-reads-%'
           AND streams.name NOT LIKE 'numbering-%' AND streams.name NOT LIKE 'reference-%' AND streams.name NOT LIKE 'merging-%'
           ORDER BY events.sequence`,
        )
        .all() as { sequence: number }[];
      return rows.map(({ sequence }) => sequence);
    } finally {
      db.close();
    }
  };
  const sequences = (nodes: Record<string, any>[]): number[] => nodes.map(({ sequence }) => sequence as number);

  it('holds every event from the first on, in log order, but those that tell of numbers', async () => {
    const { head, caughtUp } = await whole();
    expect(sequences(all)).toEqual(told());
    expect(caughtUp).toBe(true);
    expect(sequences((await feed(null)).nodes)).toEqual(sequences(mine).slice(0, 100));
    const [, second, third, fourth] = sequences(mine);
    expect(sequences((await feed(String(second - 1), undefined, 3)).nodes)).toEqual([second, third, fourth]);
    expect(await feed(String(head))).toMatchObject({ nodes: [], head, caughtUp: true });
  });

  it('types every event there is: `data` says what `payload` says', () => {
    const union = schema.getType('EventData') as GraphQLUnionType;
    const recorded = new Set(all.map(({ type }) => type as string));
    // Of numbers and claims nobody is told, catalogues stand outside cases; two are told to those whom they concern alone.
    const unseen = ['CaseMergeClaimed', 'ExternalReferenceClaimed', 'TechniquesLoaded'];
    const ofGroups = ['GroupMapped', 'GroupUnmapped', 'GroupsClaimed'];
    const apart = ['CaseNumberReserved', 'ReadsRecorded', 'CaseShared', 'CaseRevoked', ...unseen, ...ofGroups];
    expect([...recorded, ...apart].sort()).toEqual(
      union
        .getTypes()
        .map(({ name }) => name)
        .sort(),
    );
    for (const { type, data, payload } of all) {
      const { __typename, ...facts } = withoutNulls(data) as Record<string, unknown>;
      expect({ __typename, facts }).toEqual({ __typename: type, facts: payload });
    }
  });

  it('tells each event in a sentence', () => {
    for (const { summary } of all) expect(summary).toMatch(/^[A-Z].{5,}/s);
    const said = new Set(all.map(({ summary }) => summary as string));
    // Some say the same of different records.
    expect(said.size).toBeGreaterThan(0.9 * all.length);
  });

  it('gives the envelope of each: who, when, by what, behind which', () => {
    const last = new Map<string, Record<string, any>>();
    for (const event of all) {
      expect(event.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(event.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(event.schemaVersion).toBe(1);
      const before = last.get(event.stream as string);
      expect(event.previousHash).toBe(before?.hash ?? null);
      expect(event.revision).toBe(before ? before.revision + 1 : 0);
      last.set(event.stream as string, event);
    }
    const [created, policy, firstKey] = all;
    expect(created).toMatchObject({ type: 'LogCreated', actor: { kind: 'SYSTEM' }, credential: null, commandId: null });
    expect(policy).toMatchObject({ type: 'AccessPolicyRecorded', actor: { kind: 'SYSTEM' }, credential: null });
    expect(firstKey).toMatchObject({ type: 'KeyIssued', actor: { kind: 'SYSTEM' }, credential: null });
    const opened = all.find(({ type }) => type === 'CaseOpened')!;
    expect(opened).toMatchObject({
      ...{ stream: `case-${full.caseId}`, correlationId: 'all of it', onBehalfOf: null },
      ...{ actor: { id: 'ines', name: 'ines', kind: 'PERSON' }, credential: investigator.split('_')[1] },
    });
    expect(opened.commandId).toBe(opened.causationId);
  });

  it('goes on from each cursor, without gap or repeat, and stays caught up', async () => {
    const seen: number[] = [];
    let page = await feed('0', undefined, 7);
    while (!page.caughtUp) {
      expect(page.nodes).toHaveLength(7);
      seen.push(...sequences(page.nodes));
      page = await feed(page.cursor, undefined, 7);
    }
    seen.push(...sequences(page.nodes));
    expect(seen).toEqual(sequences(mine));

    const idle = await feed(page.cursor);
    expect(idle).toMatchObject({ nodes: [], caughtUp: true });
    const { sequence } = await service.done('addNote', { caseId: full.caseId, text: { text: 'New' } }, investigator);
    expect(await feed(idle.cursor)).toMatchObject({ nodes: [{ sequence, type: 'NoteAdded' }], head: sequence });
  });

  it('holds only the types asked for, and moves on past the others', async () => {
    const types = ['NoteAdded', 'CaseOpened'];
    const expected = all.filter(({ type }) => types.includes(type as string)).map(({ type }) => type as string);
    const { nodes, head } = await feed('0', undefined, 100, types);
    expect(nodes.map(({ type }) => type as string).slice(0, expected.length)).toEqual(expected);
    const none = await feed('0', undefined, 100, ['NothingOfThisName']);
    expect(none).toMatchObject({ nodes: [], caughtUp: true, head });
    expect((await feed('0', undefined, 100, [])).nodes).toEqual([]);
    const { sequence } = await service.done('addNote', { caseId: full.caseId, text: { text: 'New' } }, investigator);
    expect(await feed(none.cursor, undefined, 100, ['NothingOfThisName'])).toMatchObject({ nodes: [], head: sequence });
    const one = await feed('0', undefined, 1, types);
    expect(one.caughtUp).toBe(false);
    expect((await feed(one.cursor, undefined, 1, types)).nodes).toMatchObject([{ type: expected[1] }]);
  });

  it('answers each event by its id, and null for others', async () => {
    const node = eventFields(schema);
    const query = `query ($id: ID!) { event(id: $id) ${node} }`;
    const answers = await Promise.all(mine.map(({ id }) => service.ask(query, { id }, investigator)));
    expect(answers.map(({ data }) => data.event)).toEqual(mine);
    expect((await service.ask(query, { id: full.caseId })).data).toEqual({ event: null });
    expect((await service.ask(query, { id: '' })).data).toEqual({ event: null });
  });

  it('hides what concerns keys from all but administrators, and neither slows nor ends by it', async () => {
    const shown = all.filter(({ stream }) => !(stream as string).startsWith('access-'));
    expect(shown.length).toBeLessThan(all.length);
    const { nodes, caughtUp, head } = await whole();
    expect(sequences(nodes).slice(0, shown.length)).toEqual(sequences(shown));
    const administrators = await whole(undefined, service.adminKey);
    expect({ caughtUp, head }).toEqual({ caughtUp: true, head: administrators.head });
    expect(administrators.nodes.map(({ type }) => type as string)).not.toContain('CaseOpened');
    expect((await feed('0', undefined, 100, ['KeyIssued', 'KeyRevoked'], investigator)).nodes).toEqual([]);
    const hidden = all.find(({ type }) => type === 'KeyRevoked')!.id as string;
    const { data } = await service.ask('query ($id: ID!) { event(id: $id) { id } }', { id: hidden }, investigator);
    expect(data).toEqual({ event: null });
  });

  it('is the history of a case, where the case is concerned', async () => {
    const history = async (types?: string[]) =>
      (
        await service.ask(
          `query ($id: ID!, $types: [String!]) { case(id: $id) { history(first: 100, types: $types) {
            nodes ${eventFields(schema)} } } }`,
          { id: full.caseId, types },
        )
      ).data.case.history.nodes as Record<string, any>[];
    const own = all.filter(({ stream }) => stream === `case-${full.caseId}`);
    expect(await history()).toEqual(own.slice(0, 100));
    const types = ['PartyAdded', 'NoteRetracted', 'KeyIssued', 'Nonsense'];
    expect(await history(types)).toEqual(own.filter(({ type }) => types.includes(type as string)));
    expect(await history([])).toEqual([]);
  });

  it('withholds the id of a hidden record wherever an event is told, as it is read now and as it was stored', async () => {
    const reviewer = await service.keyFor('rosa', ['REVIEWER']);
    const { caseId, ids } = full;
    const [partyId, noteId, observationId] = [randomUUID(), randomUUID(), randomUUID()];
    const done = async (name: string, input: object) =>
      (await service.done(name, { caseId, ...input }, investigator)).events[0].id;
    const named = [{ kind: 'PERSON', id: 'ines' }];
    await done('addParty', { partyId, name: 'The source', partyKind: 'PERSON' });
    await done('addNote', { noteId, text: { text: 'Where it came from.' } });
    const noted = await done('addNote', { text: { text: 'See there.' }, about: [noteId, ids.violationId] });
    const observed = await done('observeSuspiciousActivity', {
      ...{ observationId, description: { text: 'Again.' }, subjects: [ids.partyId] },
      ...{ source: { assertedBy: partyId, via: [partyId, ids.partyId] } },
    });
    for (const recordId of [partyId, noteId]) await done('limitRecord', { recordId, named });

    const query = `query ($id: ID!, $caseId: ID!, $after: String) {
      event(id: $id) { ...told }
      events(after: $after, cases: [$caseId], first: 100) { nodes { ...told } }
      case(id: $caseId) { history(first: 100, types: ["NoteAdded", "SuspiciousActivityObserved"]) { nodes { ...told } } } }
      fragment told on RecordedEvent { id payload stored: payload(stored: true) data {
        ... on NoteAdded { about } ... on SuspiciousActivityObserved { source { assertedBy via } } } }`;
    const told = async (id: string, key: string) => {
      const { data, errors } = await service.ask(query, { id, caseId, after: String(sequences(mine).at(-1)) }, key);
      expect(errors).toBeUndefined();
      const of = (nodes: { id: string }[]) => nodes.find((one) => one.id === id);
      return [data.event, of(data.events.nodes), of(data.case.history.nodes)];
    };
    const shown = (facts: object, id: string) =>
      Array(3).fill({
        id,
        data: facts,
        payload: expect.objectContaining(facts),
        stored: expect.objectContaining(facts),
      });
    const source = (...[assertedBy, ...via]: string[]) => ({ source: { assertedBy, via } });
    expect(await told(noted, investigator)).toEqual(shown({ about: [noteId, ids.violationId] }, noted));
    expect(await told(noted, reviewer)).toEqual(shown({ about: [ids.violationId] }, noted));
    expect(await told(observed, investigator)).toEqual(shown(source(partyId, partyId, ids.partyId), observed));
    expect(await told(observed, reviewer)).toEqual(shown(source(WITHHELD, WITHHELD, ids.partyId), observed));
  });

  it.each(['-1', '1.5', ' 1', '12345678901234567', 'x'])('does not go on from %j', async (after) => {
    const answer = await service.ask('query ($after: String) { events(after: $after) { head } }', { after });
    expect(codeOf(answer)).toBe('CURSOR_INVALID');
  });

  it('takes a position as text, and says so', async () => {
    const answer = await service.ask('{ events(after: 0) { head } }');
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    expect(answer.errors![0].extensions.violations).toMatchObject([{ path: 'after', code: 'WRONG_TYPE' }]);
  });
});
