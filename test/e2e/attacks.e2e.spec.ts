import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { WebSocket } from 'ws';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

/** `count` texts side by side. */
const many = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(' ');

describe('a hostile client', () => {
  let service: Service;
  let caseId: string;
  beforeAll(async () => {
    service = await Service.start();
    caseId = (await service.done('openCase', { title: 'Target', kind: 'CASE' })).case.id as string;
    for (let n = 0; n < 100; n++) await service.done('addNote', { caseId, text: { text: `Note ${n}` } });
  });
  afterEach(async () => {
    expect(await service.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(service.errors).toBe('');
  });
  afterAll(() => service.stop());

  describe('gets LIMIT_EXCEEDED', () => {
    const notes = 'notes(first: 100) { nodes { id } }';
    const nested = (depth: number): object =>
      depth === 0 ? {} : { and: [nested(depth - 1)], or: [nested(depth - 1)] };

    it.each([
      [
        'for the same rows under many names',
        'root fields',
        () => `{ ${many(11, (n) => `a${n}: case(id: "${caseId}") { ${notes} }`)} }`,
      ],
      [
        'for lists in lists in lists',
        'cost',
        () =>
          `{ ${many(9, (n) => `a${n}: cases(first: 100) { nodes { id ${notes} history(first: 100) { nodes { id } } } }`)} }`,
      ],
      [
        'for a field under many names',
        'repeated fields',
        () => `{ cases { nodes { ${many(25, (n) => `a${n}: title`)} } } }`,
      ],
      [
        'for a field under many names in many fragments',
        'repeated fields',
        () =>
          `{ cases { nodes { ${many(25, (n) => `...F${n}`)} } } } ${many(25, (n) => `fragment F${n} on Case { a${n}: title }`)}`,
      ],
      [
        'for the schema many times over',
        'schema lists',
        () => `{ __schema { types { ${many(21, (n) => `a${n}: fields { name }`)} } } }`,
      ],
      [
        'for more comparisons of fields than anybody needs',
        'repetitions',
        () => `{ cases { nodes { ${many(1_990, () => 'id')} } } }`,
      ],
    ])('%s', async (_, limit, query) => {
      const [error] = (await service.ask(query())).errors!;
      expect(error.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit });
    });

    it('for a filter of very many filters', async () => {
      const answer = await service.ask('query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }', {
        filter: nested(7),
      });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'filters', allowed: 200 } }]);
    });

    it('for a long variable that stands in very many places', async () => {
      const before = performance.now();
      const answer = await service.ask(
        `query ($filter: CaseFilter!) { cases(filter: { and: [${many(3_000, () => '$filter')}] }) { nodes { id } } }`,
        { filter: { and: Array.from({ length: 50_000 }, () => ({})) } },
      );
      expect(answer.errors).toMatchObject([
        { extensions: { code: 'LIMIT_EXCEEDED', limit: 'values', allowed: 200_000 } },
      ]);
      expect(performance.now() - before).toBeLessThan(10_000);
    });
  });

  it('finds by a filter that is nested as deep as filters may be, and tests all there is at each level', async () => {
    const eq = (value: string) => ({ eq: value, in: [value] });
    const text = eq('x');
    const tests = {
      ...{ title: text, number: text, lead: text, assignee: text, tag: text, kind: eq('CASE'), status: eq('OPEN') },
      ...{ recordedAt: { before: '2020-01-01T00:00:00Z', after: '2020-01-01T00:00:00Z' } },
      occurredAt: { overlaps: '2020', before: '2020', after: '2020' },
    };
    const deep = (levels: number): object => (levels === 0 ? tests : { ...tests, not: deep(levels - 1) });
    const query = 'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }';
    expect(await service.ask(query, { filter: deep(55) })).toMatchObject({ data: { cases: { nodes: [] } } });
  });

  it('finds nothing by a text that is nothing without its accents, rather than everything', async () => {
    const query = 'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }';
    for (const filter of [{ title: { eq: '\u0301' } }, { tag: { eq: '\u0301' } }])
      expect(await service.ask(query, { filter })).toMatchObject({ data: { cases: { nodes: [] } } });
  });

  it('does not keep tools from introspection, nor clients from other names', async () => {
    const full = await service.ask(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true }),
    );
    expect(full.errors).toBeUndefined();
    const query = `{ ${many(10, (n) => `a${n}: case(id: "${caseId}") { name: title ${'first: notes(first: 1) { nodes { id } }'} }`)} }`;
    expect((await service.ask(query)).errors).toBeUndefined();
  });

  it('gets an answer of bounded length, however often it makes a mistake', async () => {
    const answer = await service.ask(`query (${many(450, () => '$a: Int')}) { __typename }`);
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    expect(JSON.stringify(answer).length).toBeLessThan(10_000);
  });

  it('finds by times whose offset leads out of the years there are', async () => {
    const found = async (recordedAt: object) =>
      (
        await service.ask('query ($filter: CaseFilter) { cases(filter: $filter) { nodes { id } } }', {
          filter: { recordedAt },
        })
      ).data.cases.nodes;
    expect(await found({ before: '9999-12-31T23:59:59-23:59' })).toEqual([{ id: caseId }]);
    expect(await found({ after: '9999-12-31T23:59:59-23:59' })).toEqual([]);
    expect(await found({ after: '0000-01-01T00:00:00+23:59' })).toEqual([{ id: caseId }]);
  });

  describe('over WebSocket', () => {
    const connect = async (): Promise<WebSocket> => {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { authorization: `Bearer ${await service.investigatorKey}` },
      });
      await once(socket, 'open');
      return socket;
    };

    it.each([
      ['a frame that is too large', 1009, (socket: WebSocket) => socket.send('x'.repeat(300_000))],
      ['text that is not UTF-8', 1007, (socket: WebSocket) => sendBytes(socket, [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe])],
      ['a frame without a mask', 1002, (socket: WebSocket) => sendBytes(socket, [0x81, 0x02, 0x7b, 0x7d])],
      ['a message that is none', 4400, (socket: WebSocket) => socket.send('{')],
    ])('is closed for %s, and nothing is printed', async (_, code, send) => {
      const socket = await connect();
      const closed = once(socket, 'close');
      send(socket);
      expect((await closed)[0]).toBe(code);
    });

    it('leaves in the middle of answers, and nothing is printed', async () => {
      const socket = await connect();
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
      const payload = { query: '{ cases(first: 100) { nodes { id notes(first: 100) { nodes { id } } } } }' };
      for (let n = 0; n < 200; n++) socket.send(JSON.stringify({ type: 'subscribe', id: `${n}`, payload }));
      await once(socket, 'message');
      socket.terminate();
    });

    it('is told what is wrong with a subscription to nothing', async () => {
      const socket = await connect();
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: 'subscription { __typename }' } }));
      const [message] = (await once(socket, 'message')) as [Buffer];
      expect(JSON.parse(message.toString())).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'VALIDATION_FAILED', violations: [{ code: 'DOCUMENT' }] } }],
      });
      socket.terminate();
    });
  });
});

const sendBytes = (socket: WebSocket, bytes: number[]): unknown =>
  (socket as unknown as { _socket: { write(bytes: Buffer): boolean } })._socket.write(Buffer.from(bytes));

describe('a server in odd surroundings', () => {
  it('ends in order though somebody deleted its lock', async () => {
    const service = await Service.start();
    await rm(join(service.folder, 'lock'));
    await service.halt();
    expect(service.errors).toBe('');
    await rm(service.folder, { recursive: true });
  });

  it('says that no folder can be made where none can be', async () => {
    const { code, errors } = await new ServerUnderTest('/proc/caseledger').ended;
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/^The folder \/proc\/caseledger cannot be used .*\n$/),
    });
  });

  it('does not print the password of an address', async () => {
    const { errors } = await new ServerUnderTest('/nowhere', { READ_STORE: 'mysql://ada:secret@db/x' }).ended;
    expect(errors).toContain('READ_STORE is "mysql://ada:…@db/x"');
  });

  it('answers as of its own recorded times after its clock was set back', async () => {
    const ahead = encodeURIComponent(
      'const now = Date.now; globalThis.Date = class extends Date { static now() { return now() + 36e5; } constructor(...a) { super(...(a.length ? a : [now() + 36e5])); } };',
    );
    const early = await Service.apart({ NODE_OPTIONS: `--import=data:text/javascript,${ahead}` });
    await early.done('openCase', { title: 'Ahead', kind: 'CASE' });
    await early.halt();
    const service = await Service.on(early.folder);
    const { extensions } = await service.ask('{ cases { nodes { id } } }');
    const time = extensions!.asOf.recordedAt;
    expect(Date.parse(time)).toBeGreaterThan(Date.now());
    const past = await service.ask('query ($time: Instant) { cases(asOf: { time: $time }) { nodes { title } } }', {
      time,
    });
    expect(past.data).toEqual({ cases: { nodes: [{ title: 'Ahead' }] } });
    await service.stop();
  });
});
