import { rawRequest } from '../attack/routes.js';
import { Service } from './service.js';

describe('who is let in', () => {
  let service: Service;
  beforeAll(async () => (service = await Service.start()));
  afterAll(() => service.stop());

  const PATHS = [
    '/',
    '/graphql',
    '/graphql/',
    '/GRAPHQL',
    '//graphql',
    '/graphql;x',
    '/graphql%2f',
    '/%67raphql',
    '/metrics',
    '/events',
    '/nothing',
    '/health',
    '/health/',
    '/health/live/',
    '/health//live',
    '/HEALTH/LIVE',
    '/health/live;x',
    '/health%2flive',
    '/health/other',
    '/graphiql/',
    '/graphiql/../graphql',
    '/graphiql/..%2fgraphql',
    '/graphiql//graphql',
    '/graphiql/%2e%2e/graphql',
    '/%zz',
    '/graphql?key=x',
  ];
  const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'];

  it.each(PATHS)('answers 401 and not a byte for %s without a key', async (path) => {
    for (const method of METHODS) {
      const { status, body } = await rawRequest(service.url, method, path);
      expect({ method, status, body }).toEqual({ method, status: 401, body: '' });
    }
  });

  it('answers a path that cannot be read with the same headers as any other', async () => {
    const answered = async (path: string) => {
      const { headers } = await fetch(`${service.url}${path}`, { headers: { 'x-request-id': 'mine' } });
      return [...headers].filter(([name]) => name !== 'date');
    };
    expect(await answered('/%zz')).toEqual(await answered('/nothing'));
  });

  it('answers a path that cannot be read as any other that is not there, to whoever is known', async () => {
    for (const [key, status] of [
      [service.adminKey, 404],
      [`${service.adminKey.slice(0, -1)}_`, 401],
    ] as const) {
      const answered = async (path: string) => {
        const headers = { authorization: `Bearer ${key}`, 'x-request-id': 'mine' };
        const answer = await fetch(`${service.url}${path}`, { headers });
        const told = [...answer.headers].filter(([name]) => name !== 'date' && name !== 'content-length');
        return { status: answer.status, told, text: (await answer.text()).replace(path, '/') };
      };
      const unreadable = await answered('/%zz');
      expect(unreadable).toEqual(await answered('/nothing'));
      expect(unreadable.status).toBe(status);
    }
  });

  it.each(['/health/live', '/health/ready', '/graphiql'])(
    'takes nothing but reads of %s without a key',
    async (path) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const { status, body } = await rawRequest(service.url, method, path);
        expect({ method, status, body }).toEqual({ method, status: 401, body: '' });
      }
    },
  );

  it.each(['/graphiql/nothing.js', '/graphiql/index.html', '/graphiql/graphql'])(
    'answers 401 and not a byte for %s, which is none of the files of the IDE',
    async (path) => {
      for (const method of METHODS) {
        const { status, body } = await rawRequest(service.url, method, path);
        expect({ method, status, body }).toEqual({ method, status: 401, body: '' });
      }
    },
  );

  it('answers the public paths to anybody', async () => {
    for (const [path, word] of [
      ['/health/live', 'live'],
      ['/health/ready', 'ready'],
    ] as const) {
      const response = await fetch(`${service.url}${path}`);
      expect([response.status, await response.text()]).toEqual([200, word]);
    }
    expect((await fetch(`${service.url}/graphiql`)).status).toBe(200);
  });

  it.each([
    ['no scheme', (key: string) => key],
    ['another scheme', (key: string) => `Basic ${key}`],
    ['a wrong secret', (key: string) => `Bearer ${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`],
    ['an unknown id', (key: string) => `Bearer clk_${'0'.repeat(16)}${key.slice(20)}`],
    ['upper case', (key: string) => `Bearer ${key.toUpperCase()}`],
    ['a space more', (key: string) => `Bearer  ${key}`],
    ['a tab in place of the space', (key: string) => `Bearer\t${key}`],
  ])('refuses %s', async (_what, header) => {
    const response = await fetch(`${service.url}/graphql?query={__typename}`, {
      headers: { authorization: header(service.adminKey) },
    });
    expect([response.status, await response.text()]).toEqual([401, '']);
  });

  it('issues a key that works at once, says it once, and revokes it at once', async () => {
    const input = {
      commandId: 'issue-1',
      principal: 'ines',
      label: 'Ines',
      actorKind: 'PERSON',
      principalRoles: ['INVESTIGATOR'],
    };
    const fields = 'key { id principal label } secret';
    const { data: first } = await service.command('issueKey', input, service.adminKey, fields);
    const { key, secret } = first.issueKey;
    expect(secret).toMatch(new RegExp(`^clk_${key.id}_[0-9a-f]{64}$`));
    expect(key).toEqual({ id: expect.stringMatching(/^[0-9a-f]{16}$/), principal: 'ines', label: 'Ines' });
    const { data: again } = await service.command('issueKey', input, service.adminKey, fields);
    expect(again.issueKey).toEqual({ key, secret: null });

    expect((await service.ask('{ __typename }', {}, secret)).data).toEqual({ __typename: 'Query' });
    const { data: revoked } = await service.command('revokeKey', { keyId: key.id, reason: 'lost' });
    expect(revoked.revokeKey.events).toEqual([
      { id: expect.any(String), type: 'KeyRevoked', sequence: expect.any(Number) },
    ]);
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
    });
    expect([response.status, await response.text()]).toEqual([401, '']);
    const { errors } = await service.command('revokeKey', { keyId: key.id });
    expect(errors?.[0]?.extensions.code).toBe('ALREADY_REVOKED');
  });

  it('lets only administrators manage keys, and shows their events to them alone', async () => {
    const key = await service.keyFor('tom');
    const input = { principal: 'eve', label: 'Eve', actorKind: 'PERSON', principalRoles: ['ADMINISTRATOR'] };
    const { errors } = await service.command('issueKey', input, key);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const feed = '{ events(after: "0", first: 100) { nodes { type } } }';
    const types = async (who?: string) =>
      (await service.ask(feed, {}, who)).data.events.nodes.map(({ type }: { type: string }) => type) as string[];
    expect(await types(key)).not.toContain('KeyIssued');
    expect(await types(service.adminKey)).toContain('KeyIssued');
  });

  it('shows administrators every key, what it is limited to and when it was last used, across a restart', async () => {
    const input = { principal: 'bot', label: 'Bot', actorKind: 'SERVICE', principalRoles: ['INTEGRATION'] };
    const limits = {
      scopes: ['CASES'],
      expiresAt: '2099-01-01T00:00:00Z',
      organisation: 'Example',
      onBehalfOf: 'ines',
    };
    const issue = () => service.command('issueKey', { ...input, ...limits }, service.adminKey, 'key { id } secret');
    const { key, secret } = (await issue()).data.issueKey;
    const fields = 'id principal label actorKind roles scopes organisation onBehalfOf status expiresAt lastUsedAt';
    const shown = async () => {
      const { data } = await service.ask(`{ keys { ${fields} } }`, {}, service.adminKey);
      return data.keys.find(({ id }: { id: string }) => id === key.id);
    };
    const { principalRoles: roles, ...same } = input;
    const expected = { id: key.id, ...same, ...limits, roles, status: 'LIVE' };
    expect(await shown()).toEqual({ ...expected, lastUsedAt: null });
    await service.ask('{ __typename }', {}, secret);
    const { lastUsedAt } = await shown();
    expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(60_000);
    for (const query of ['{ keys { id } }', '{ groups { group } }']) {
      expect((await service.ask(query, {}, secret)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const { lastUsedAt: before } = await shown();
    await service.halt();
    service = await Service.on(service.folder);
    expect(await shown()).toEqual({ ...expected, lastUsedAt: before });
    await issue();
    expect((await issue()).errors?.[0].extensions).toMatchObject({ code: 'TOO_MANY_KEYS', allowed: 2 });
    expect((await service.command('revokeKey', { keyId: key.id })).errors).toBeUndefined();
    expect((await shown()).status).toBe('REVOKED');
  });

  it('makes the program that opens a case in the place of somebody its member, by whatever is asked of it', async () => {
    const bot = { principal: 'opener', label: 'Bot', actorKind: 'SERVICE', principalRoles: ['INVESTIGATOR'] };
    const issued = await service.command('issueKey', { ...bot, onBehalfOf: 'ilse' }, service.adminKey, 'secret');
    const { secret } = issued.data.issueKey;
    const ilse = await service.keyFor('ilse');
    const { case: one } = await service.done('openCase', { title: 'By a bot', kind: 'CASE', restricted: true }, secret);
    await service.done('addNote', { caseId: one.id, text: { text: 'By the bot.' } }, secret);
    const grantee = { kind: 'PERSON', id: 'ilse' };
    const rights = ['READ', 'CONTRIBUTE', 'CLOSE', 'MANAGE_MEMBERS'];
    const changed = (key: string) => service.command('changeMember', { caseId: one.id, grantee, rights }, key);
    expect((await changed(ilse)).errors?.[0].extensions.code).toBe('NOT_FOUND');
    expect((await changed(secret)).errors?.[0].extensions.code).toBe('NOT_FOUND');
    await service.done('addMember', { caseId: one.id, grantee, rights }, secret);
    expect((await changed(ilse)).errors?.[0].extensions.code).toBe('NOTHING_CHANGED');
    const title = await service.ask('query ($id: ID!) { case(id: $id) { title } }', { id: one.id }, ilse);
    expect(title.data.case).toEqual({ title: 'By a bot' });
  });

  it('keeps the first key to its owner', async () => {
    const { stat } = await import('node:fs/promises');
    expect((await stat(`${service.folder}/admin.key`)).mode & 0o777).toBe(0o600);
  });
});
