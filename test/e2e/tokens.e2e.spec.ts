import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OidcProvider } from '../oidc/oidc-provider.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

describe('access tokens of an OIDC provider', () => {
  let provider: OidcProvider;
  let service: Service;
  beforeAll(async () => {
    provider = await OidcProvider.start();
    service = await Service.start(provider.environment);
    await untilOpen(await provider.person('ann'));
  });
  afterAll(async () => {
    await service.stop();
    await provider.kill();
  });

  const statusOf = async (token: string): Promise<number> =>
    (
      await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ __typename }' }),
      })
    ).status;
  /** A provider that could not be reached is asked again after a while. */
  const untilOpen = async (token: string): Promise<void> => {
    const deadline = Date.now() + 40_000;
    while ((await statusOf(token)) !== 200) if (Date.now() > deadline) throw new Error('Still closed.');
  };
  const accessEvents = async (type: string) =>
    (
      await service.ask(
        `{ events(first: 100, types: ["${type}"]) { nodes { payload actor { id kind } authentication } } }`,
      )
    ).data.events.nodes as { payload: any; actor: object; authentication: string }[];

  it.each(['EdDSA', 'ES256', 'PS256', 'RS256'])('open the service, signed by %s', async (alg) => {
    expect(await statusOf(await provider.person('ann', {}, { alg }))).toBe(200);
  });

  it('say who records, how that was known, and that a program is one', async () => {
    const caseOf = async (token: string) => {
      const opened = await service.done('openCase', { title: 'By token', kind: 'CASE' }, token);
      const fields = 'actor { id name kind } authentication issuer subject credential onBehalfOf';
      return (await service.ask(`{ event(id: "${opened.events.at(-1)!.id}") { ${fields} } }`)).data.event;
    };
    const { issuer } = provider;
    const common = { authentication: 'OIDC', issuer, credential: expect.any(String), onBehalfOf: null };
    expect(await caseOf(await provider.person('ann', { name: 'Ann Archer', groups: ['investigations'] }))).toEqual({
      ...{ actor: { id: `${issuer}#ann`, name: 'Ann Archer', kind: 'PERSON' }, subject: 'ann', ...common },
    });
    expect(await caseOf(await provider.program())).toEqual({
      ...{ actor: { id: `${issuer}#importer`, name: 'importer', kind: 'SERVICE' }, subject: 'importer', ...common },
    });
  });

  it('give what administrators map their groups to, from the next request on', async () => {
    const token = await provider.person('adele', { groups: ['admins', 'staff'] });
    const keys = async () => codeOf(await service.ask('{ keys { id } }', {}, token));
    expect(await keys()).toBe('FORBIDDEN');
    expect(
      (await service.command('mapGroup', { group: 'admins', groupRoles: ['ADMINISTRATOR'] })).errors,
    ).toBeUndefined();
    expect(await keys()).toBeUndefined();
    expect((await service.ask('{ groups { group roles organisation } }')).data.groups).toEqual([
      { group: 'admins', roles: ['ADMINISTRATOR'], organisation: null },
    ]);
    const repeated = await service.command('mapGroup', { group: 'admins', groupRoles: ['ADMINISTRATOR'] });
    expect(codeOf(repeated)).toBe('ALREADY_MAPPED');
    const eve = await provider.person('eve', { groups: ['staff'] });
    expect(codeOf(await service.command('mapGroup', { group: 'staff', groupRoles: ['ADMINISTRATOR'] }, eve))).toBe(
      'FORBIDDEN',
    );
    expect((await service.command('unmapGroup', { group: 'admins' })).errors).toBeUndefined();
    expect(await keys()).toBe('FORBIDDEN');
    expect(codeOf(await service.command('unmapGroup', { group: 'admins' }))).toBe('NOT_FOUND');
  });

  it('leave on record which groups they named, when first seen and when changed', async () => {
    const claims = async () =>
      (await accessEvents('GroupsClaimed')).filter(({ payload }) => payload.principal.endsWith('#bea'));
    const first = await provider.person('bea', { name: 'Bea', groups: ['b', 'a', 'a', 7] });
    expect(await Promise.all([statusOf(first), statusOf(first), statusOf(first)])).toEqual([200, 200, 200]);
    expect(await statusOf(await provider.person('bea', { name: 'Bea', groups: ['a', 'b'] }))).toBe(200);
    expect(await claims()).toEqual([
      {
        payload: { principal: `${provider.issuer}#bea`, label: 'Bea', claimedGroups: ['a', 'b'] },
        ...{ actor: { id: 'system', kind: 'SYSTEM' }, authentication: 'SYSTEM' },
      },
    ]);
    expect(await statusOf(await provider.person('bea', { name: 'Bea', groups: ['a'] }))).toBe(200);
    expect((await claims()).map(({ payload }) => payload.claimedGroups)).toEqual([['a', 'b'], ['a']]);
  });

  it('open a WebSocket too', async () => {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const authorization = `Bearer ${await provider.person('ann')}`;
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(message.toString())).toMatchObject({ type: 'connection_ack' });
    socket.close();
  });

  it('go on working while the provider is down, where their key is known; nobody else gets in', async () => {
    await provider.kill();
    expect(await statusOf(await provider.forge({ sub: 'carol' }))).toBe(200);
    expect(await statusOf(await provider.forge({}, { kid: 'another' }))).toBe(401);
    expect(await statusOf(service.adminKey)).toBe(200);

    await service.halt();
    service = await Service.on(service.folder, provider.environment);
    expect(await statusOf(await provider.forge({ sub: 'carol' }))).toBe(401);
    expect(await statusOf(service.adminKey)).toBe(200);

    provider = await OidcProvider.start(provider);
    await untilOpen(await provider.person('carol'));
    expect(service.errors).toBe('');
  });
});
