import { once } from 'node:events';
import { getIntrospectionQuery } from 'graphql';
import { WebSocket } from 'ws';
import { rawRequest, RouteWriter, spellingsOf } from '../attack/routes.js';
import { until } from '../crash/until.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

describe('a service in production', () => {
  const written = new RouteWriter();
  let service: Service;
  /** The keys of two programs of an administrator: one for cases alone, one for running the service alone. */
  let limited: string;
  let runner: string;
  beforeAll(async () => {
    service = await Service.apart({ NODE_ENV: 'production', RATE_LIMIT: '40', ...written.environment });
    const bot = async (principal: string, scopes: string[]) => {
      const input = { principal, label: 'Bot', actorKind: 'SERVICE', principalRoles: ['ADMINISTRATOR'], scopes };
      const { data } = await service.command('issueKey', input, undefined, 'secret');
      return data.issueKey.secret as string;
    };
    limited = await bot('bot', ['CASES']);
    runner = await bot('runner', ['OPERATIONS']);
  });
  afterAll(async () => {
    await service.stop();
    written.remove();
  });

  const get = (path: string, key: string, headers = {}) =>
    fetch(`${service.url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });

  /** What an operation is answered over WebSocket. */
  async function overWebSocket(query: string, key: string): Promise<any> {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { authorization: `Bearer ${key}` },
    });
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    socket.terminate();
    const { payload } = JSON.parse(message.toString());
    return Array.isArray(payload) ? { errors: payload } : payload;
  }

  it('records who was denied what lies outside of GraphQL', async () => {
    const auditor = await service.keyFor('aud', ['AUDITOR']);
    const denied = { 'GET /metrics': limited, 'GET /graphiql': limited, 'GET /events': runner };
    for (const [what, key] of Object.entries(denied)) expect((await get(what.split(' ')[1], key)).status).toBe(403);
    const sent = { authorization: `Bearer ${runner}`, 'content-type': 'application/x-ndjson' };
    expect((await fetch(`${service.url}/import`, { method: 'POST', headers: sent, body: '{}\n' })).status).toBe(403);
    const query = '{ accessReads(first: 100) { nodes { kind reader what } } }';
    const told = (await service.ask(query, {}, auditor)).data.accessReads.nodes;
    const by = (reader: string, what: string) => ({ kind: 'DENIED', reader, what });
    expect(told).toEqual(
      expect.arrayContaining([
        ...[by('bot', 'GET /metrics'), by('bot', 'GET /graphiql')],
        ...[by('runner', 'GET /events'), by('runner', 'POST /import')],
      ]),
    );
  });

  it('shows its schema and its IDE to credentials for running it, and to nobody else', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ ...F } fragment F on Query { t: __type(name: "Case") { name } }',
    ]) {
      expect((await service.ask(query, {}, service.adminKey)).errors).toBeUndefined();
      for (const answer of [await service.ask(query, {}, limited), await overWebSocket(query, limited)]) {
        expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'OPERATIONS' } }]);
      }
    }
    const ide = async (key?: string) =>
      (await fetch(`${service.url}/graphiql`, { headers: key ? { authorization: `Bearer ${key}` } : {} })).status;
    expect([await ide(), await ide(limited), await ide(service.adminKey)]).toEqual([401, 403, 200]);
    expect((await fetch(`${service.url}/graphiql/start.js`)).status).toBe(401);
    for (const path of ['/%67raphiql', '/graphiql/start.js', '/graphiql/%73tart.js']) {
      expect((await get(path, limited)).status).toBe(403);
    }
  });

  it('lets a key be used for what its scopes say, whatever its principal may do', async () => {
    expect((await service.ask('{ cases { nodes { id } } }', {}, limited)).errors).toBeUndefined();
    const asked = '{ keys { id } }';
    for (const answer of [await service.ask(asked, {}, limited), await overWebSocket(asked, limited)]) {
      expect(answer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'OPERATIONS' } }]);
    }
    const issuing = { principal: 'eve', label: 'Eve', actorKind: 'PERSON', principalRoles: ['ADMINISTRATOR'] };
    const issue = await service.command('issueKey', issuing, limited);
    expect(issue.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', scope: 'OPERATIONS' } }]);
  });

  it('tells events, by whatever way, to credentials for cases alone', async () => {
    const forbidden = [{ extensions: { code: 'FORBIDDEN', scope: 'CASES' } }];
    const stream = await get('/events', runner);
    expect([stream.status, await stream.json()]).toMatchObject([403, { errors: forbidden }]);
    expect((await service.ask('{ events(waitMs: 25000) { head } }', {}, runner)).errors).toMatchObject(forbidden);
    for (const field of ['events', 'caseEvents(caseId: "x")']) {
      const { errors } = await overWebSocket(`subscription { ${field} { head } }`, runner);
      expect(errors).toMatchObject(forbidden);
    }
    const { status, body } = await get('/events', limited);
    await body!.cancel();
    expect(status).toBe(200);
  });

  it('tells its metrics to credentials for running it alone', async () => {
    const refused = await get('/metrics', limited);
    const forbidden = { errors: [{ extensions: { code: 'FORBIDDEN', scope: 'OPERATIONS' } }] };
    expect([refused.status, await refused.json()]).toMatchObject([403, forbidden]);
    const metrics = await get('/metrics', runner);
    expect([metrics.status, await metrics.text()]).toEqual([200, expect.stringContaining('caseledger_')]);
  });

  it('takes no query out of an address', async () => {
    const { status, headers } = await get('/graphql?query=%7B__typename%7D', service.adminKey);
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('lets one principal wait for events as often as it likes, and ask meanwhile', async () => {
    const key = await service.keyFor('polly');
    const { data } = await service.ask('{ events(first: 1, types: ["CaseReopened"]) { cursor } }', {}, key);
    const waiting = new AbortController();
    const poll = `{ events(types: ["CaseReopened"], after: "${data.events.cursor}", waitMs: 25000) { head } }`;
    const asked = Array.from({ length: 20 }, () =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: poll }),
        signal: waiting.signal,
      }).then(
        () => 'answered',
        () => 'left',
      ),
    );
    const polling = async () =>
      /^caseledger_\w+\{[^}]*polling[^}]*\} (\d+)$/m.exec(await (await get('/metrics', runner)).text())?.[1];
    await until('twenty wait', async () => ((await polling()) === '20' ? true : undefined));
    expect((await service.ask('{ cases { nodes { id } } }', {}, key)).errors).toBeUndefined();
    expect(await polling()).toBe('20');
    waiting.abort();
    expect(await Promise.all(asked)).toEqual(Array<string>(20).fill('left'));
  });

  it('holds the same limits over WebSocket', async () => {
    const deep =
      '{ cases { nodes { notes { nodes { case { notes { nodes { case { notes { nodes { id } } } } } } } } } } }';
    for (const answer of [await service.ask(deep), await overWebSocket(deep, service.adminKey)]) {
      expect(answer.errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth' } }]);
    }
  });

  it('answers 401 and not a byte on each of its routes, however its path is spelled and by whatever method', async () => {
    const { routes } = written;
    const paths = [...new Set(routes.map(({ path }) => path))];
    for (const known of ['/graphql', '/events', '/metrics', '/graphiql', '/graphiql/start.js', '/health/live']) {
      expect(paths).toContain(known);
    }
    const isOpen = (path: string) => /^\/health\/(live|ready)(\?|$)/.test(path);
    const asked = paths.flatMap((path) => [path, ...spellingsOf(path)]).filter((path) => !isOpen(path));
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
    const wrong: unknown[] = [];
    const ask = async (path: string, n: number) => {
      // All methods where it is told that there is something, else one after the other.
      for (const method of paths.includes(path) ? methods : ['GET', 'HEAD', methods[2 + (n % 5)]]) {
        const { status, body } = await rawRequest(service.url, method, path);
        // A path that begins otherwise is none in HTTP.
        if (status !== (path.startsWith('\\') ? 400 : 401) || body !== '') wrong.push({ method, path, status, body });
      }
    };
    for (let n = 0; n < asked.length; n += 100) await Promise.all(asked.slice(n, n + 100).map(ask));
    expect(wrong).toEqual([]);
  });

  it('tells browsers to keep nothing and to let no other page in, on a 401 too', async () => {
    for (const path of ['/health/live', '/graphql', '/nothing']) {
      const { headers } = await fetch(`${service.url}${path}`, { headers: { origin: 'https://evil.example' } });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('takes so many operations of one principal in a second, and of others as many', async () => {
    const keys = [await service.keyFor('ines'), await service.keyFor('ines', [], 'Her other key')];
    const other = await service.keyFor('tom');
    const open = async (key: string) => {
      const { status, body } = await get('/events', key);
      await body!.cancel();
      return status;
    };
    const asked = Array.from({ length: 200 }, (_, n) => service.ask('{ __typename }', {}, keys[n % 2]).then(codeOf));
    const opened = Array.from({ length: 200 }, (_, n) => open(keys[n % 2]));
    const codes = await Promise.all(asked);
    expect(codes).toContain('RATE_LIMITED');
    expect(codes).toContain(undefined);
    expect((await service.ask('{ __typename }', {}, other)).errors).toBeUndefined();
    const statuses = await Promise.all(opened);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  });
});
