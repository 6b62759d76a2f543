import { once } from 'node:events';
import { connect } from 'node:net';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { doubtful, heart, keys, returned, startSample } from '../../../../test/e2e/graphql-audits-app.js';

describe('GraphQL over WebSocket', () => {
  let sample: Awaited<ReturnType<typeof startSample>>;
  const clients: Client[] = [];
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    keys.add('Bearer good');
    doubtful.clear();
  });
  afterAll(() => sample.app.close());

  /** `closed` resolves with the code the server closed the connection with. */
  function open(params?: Record<string, unknown>, headers: Record<string, string> = {}) {
    let told: (code: number) => void;
    const closed = new Promise<number>((resolve) => (told = resolve));
    class WithHeaders extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers });
      }
    }
    const client = createClient({
      url: sample.url.replace('http', 'ws'),
      webSocketImpl: WithHeaders,
      connectionParams: params,
      retryAttempts: 0,
      on: { closed: (event) => told((event as { code: number }).code) },
    });
    clients.push(client);
    return { client, closed };
  }
  const good = { authorization: 'Bearer good' };

  it('yields the bare values of a subscription, with extensions', async () => {
    const { client } = open(good, { 'x-trace': 'abc' });
    const values: unknown[] = [];
    for await (const result of client.iterate({ query: 'subscription { t: ticks(from: 5) }' })) {
      values.push(result);
      if (values.length === 3) break;
    }
    expect(values).toEqual([5, 6, 7].map((t) => ({ data: { t }, extensions: { trace: 'abc' } })));
  });

  it('is answered what is under way when the server is to end, and takes nothing new then', async () => {
    const other = await startSample();
    const client = createClient({
      ...{ url: other.url.replace('http', 'ws'), webSocketImpl: WebSocket, connectionParams: good, retryAttempts: 0 },
    });
    clients.push(client);
    const begun = once(heart, 'followed');
    const answer = client.iterate({ query: '{ nextBeat }' }).next();
    await begun;
    const closed = other.app.close();
    await expect(client.iterate({ query: '{ who }' }).next()).rejects.toMatchObject([
      { extensions: { code: 'UNAVAILABLE' } },
    ]);
    heart.emit('beat', 3);
    expect(await answer).toMatchObject({ value: { data: { nextBeat: 3 } } });
    await closed;
  });

  it('takes the arguments of a subscription from variables under any name', async () => {
    const { client } = open(good);
    for await (const { data } of client.iterate({
      query: 'subscription ($x: Int!) { ticks(from: $x) }',
      variables: { x: 9 },
    })) {
      expect(data).toEqual({ ticks: 9 });
      break;
    }
  });

  it('tells the source when a client leaves, though it waits for the next value', async () => {
    const { client } = open(good);
    const results = client.iterate({ query: 'subscription { ticks(from: 77) }' });
    for (let i = 0; i < 3; i++) await results.next();
    expect(returned).not.toContain(77);
    await results.return!();
    // The server answers in order: once this is answered, the source has been told.
    for await (const { data } of client.iterate({ query: '{ who }' })) expect(data).toEqual({ who: 'Ada' });
    expect(returned).toContain(77);
  });

  it('validates subscriptions, and refuses their input in the same words as over HTTP', async () => {
    const { client } = open(good);
    const refused = async (query: string, variables?: Record<string, unknown>) => {
      const results = client.iterate({ query, variables });
      return results.next().then(
        () => undefined,
        (errors: { extensions: { violations: unknown } }[]) => errors[0].extensions.violations,
      );
    };
    expect(await refused('subscription { tocks }')).toMatchObject([{ path: 'tocks', code: 'UNKNOWN_FIELD' }]);
    expect(await refused('subscription { ticks(from: "a") }')).toMatchObject([{ path: 'from', code: 'WRONG_TYPE' }]);
    expect(await refused('subscription ($a: Int!) { ticks(from: $a) }')).toMatchObject([
      { path: 'from', code: 'REQUIRED' },
    ]);
    expect(await refused('subscription { ticks(from: 1) more: ticks(from: 2) }')).toMatchObject([{ code: 'DOCUMENT' }]);
  });

  it.each<[string, string, boolean?]>([
    ['skip', 'subscription { ticks(from: 1) @skip(if: true) }'],
    ['skip', 'subscription ($a: Boolean!) { ticks(from: 1) @skip(if: $a) }', true],
    ['include', 'subscription ($a: Boolean!) { ... @include(if: $a) { ticks(from: 1) } }', true],
    ['skip', 'subscription ($a: Boolean!) { ...F } fragment F on Subscription { ticks(from: 1) @skip(if: $a) }', false],
  ])('refuses @%s at the root of a subscription: %s', async (name, query, a) => {
    const { client } = open(good);
    const results = client.iterate({ query, ...(a !== undefined && { variables: { a } }) });
    await expect(results.next()).rejects.toMatchObject([
      { message: `A subscription takes no @${name} on what it selects at its root.` },
    ]);
    for await (const { data } of client.iterate({ query: '{ who }' })) expect(data).toEqual({ who: 'Ada' });
  });

  it('answers queries with formatted errors', async () => {
    const { client } = open(undefined, { authorization: 'Bearer good' });
    for await (const { data, errors } of client.iterate({ query: '{ fail(kind: "refusal") }' })) {
      expect(data).toEqual({ fail: null });
      expect(errors).toMatchObject([{ path: ['fail'], extensions: { code: 'CASE_CLOSED', current: 7 } }]);
    }
  });

  it.each([
    ['without a key', undefined, {}],
    ['with a wrong key', { authorization: 'Bearer bad' }, {}],
    ['with a wrong key in the header and a right one in the payload', good, { authorization: 'Bearer bad' }],
  ])('closes with 4401 %s', async (_name, params, headers) => {
    const { client, closed } = open(params, headers);
    await expect(client.iterate({ query: '{ hello }' }).next()).rejects.toMatchObject({ code: 4401 });
    expect(await closed).toBe(4401);
  });

  it('closes with 4401 instead of sending the next event, once the key is revoked', async () => {
    const { client, closed } = open(good);
    const results = client.iterate({ query: 'subscription { beats }' });
    const followed = once(heart, 'followed');
    const first = results.next();
    await followed;
    heart.emit('beat', 1);
    expect(await first).toMatchObject({ value: { data: { beats: 1 } } });
    keys.delete('Bearer good');
    heart.emit('beat', 2);
    await expect(results.next()).rejects.toMatchObject({ code: 4401 });
    expect(await closed).toBe(4401);
  });

  it('closes with 4401 at the next operation, once the key is revoked', async () => {
    const { client, closed } = open(good);
    const results = client.iterate({ query: 'subscription { ticks(from: 1) }' });
    expect(await results.next()).toMatchObject({ value: { data: { ticks: 1 } } });
    keys.delete('Bearer good');
    await expect(client.iterate({ query: '{ who }' }).next()).rejects.toMatchObject({ code: 4401 });
    expect(await closed).toBe(4401);
  });

  it.each([
    ['at its opening', 'unavailable', 0],
    ['later', 'unavailable', 2],
    ['later', 'overloaded', 1],
  ])('closes with 1013, and says why, where a subscription fails %s by what passes', async (_when, kind, after) => {
    const { client, closed } = open(good);
    const results = client.iterate({ query: `subscription { failing(kind: "${kind}", after: ${after}) }` });
    for (let n = 0; n < after; n++) expect(await results.next()).toMatchObject({ value: { data: { failing: n } } });
    await expect(results.next()).rejects.toMatchObject({
      code: 1013,
      reason: expect.stringContaining('nothing was stored') as string,
    });
    expect(await closed).toBe(1013);
  });

  it('closes with 1013 where it cannot be told who it is: at the start, and at the next event', async () => {
    const passing = { code: 1013, reason: expect.stringContaining('nothing was stored') as string };
    const followed = once(heart, 'followed');
    const [began, later] = [open(good), open(good)];
    const results = began.client.iterate({ query: 'subscription { beats }' });
    const first = results.next();
    await followed;
    heart.emit('beat', 1);
    expect(await first).toMatchObject({ value: { data: { beats: 1 } } });
    doubtful.add('Bearer good');
    await expect(later.client.iterate({ query: '{ who }' }).next()).rejects.toMatchObject(passing);
    heart.emit('beat', 2);
    await expect(results.next()).rejects.toMatchObject(passing);
  });

  it('closes with 1013 where it cannot be told who it is that asks for something more', async () => {
    const { client, closed } = open(good);
    const followed = once(heart, 'followed');
    const first = client.iterate({ query: 'subscription { beats }' }).next();
    await followed;
    doubtful.add('Bearer good');
    const passing = { code: 1013 };
    await expect(client.iterate({ query: 'subscription { beats }' }).next()).rejects.toMatchObject(passing);
    await expect(first).rejects.toMatchObject(passing);
    expect(await closed).toBe(1013);
  });

  it('answers with what does not pass, or is no subscription, and stays open', async () => {
    const { client } = open(good);
    const results = client.iterate({ query: 'subscription { failing(kind: "refusal", after: 1) }' });
    await results.next();
    await expect(results.next()).rejects.toMatchObject([{ extensions: { code: 'CASE_CLOSED' } }]);
    const query = '{ fail(kind: "unavailable") }';
    for await (const { errors } of client.iterate({ query })) {
      expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    }
    for await (const { data } of client.iterate({ query: '{ who }' })) expect(data).toEqual({ who: 'Ada' });
  });

  const raw = async (request: string): Promise<string> => {
    const { port } = new URL(sample.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(request);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };

  it('upgrades at its own path only', async () => {
    const answer = await raw('GET /elsewhere HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  it('answers a request that offers HTTP/2 as if it had not', async () => {
    const body = JSON.stringify({ query: '{ hello }' });
    const answer = await raw(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AA\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}` +
        'GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('{"data":{"hello":"hello world"}}');
    expect(answer).toContain('HTTP/1.1 404 ');
  });
});
