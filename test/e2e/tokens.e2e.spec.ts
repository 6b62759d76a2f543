import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { until } from '../crash/until.js';
import { type OidcProvider } from '../oidc/oidc-provider.js';
import { type Following } from '../follow/followed.js';
import { followSse } from '../follow/sse.js';
import { followWebSocket, webSocketClient } from '../follow/web-socket.js';
import { codeOf } from './code-of.js';
import { type Service } from './service.js';
import { startWithTokens, statusOf } from './shown-token.js';

describe('access tokens of an OIDC provider', () => {
  let provider: OidcProvider;
  let service: Service;
  beforeAll(async () => {
    ({ provider, service } = await startWithTokens());
  });
  afterAll(async () => {
    await service.stop();
    await provider.kill();
  });

  const accessEvents = async (type: string) =>
    (
      await service.ask(
        `{ events(first: 100, types: ["${type}"]) { nodes { payload actor { id kind } authentication } } }`,
        {},
        service.adminKey,
      )
    ).data.events.nodes as { payload: any; actor: object; authentication: string }[];

  it.each(['EdDSA', 'ES256', 'PS256', 'RS256'])('open the service, signed by %s', async (alg) => {
    expect(await statusOf(service, await provider.person('ann', {}, { alg }))).toBe(200);
  });

  it('say who records, how that was known, and that a program is one', async () => {
    const caseOf = async (token: string) => {
      const opened = await service.done('openCase', { title: 'By token', kind: 'CASE' }, token);
      const fields = 'actor { id name kind } authentication issuer subject credential onBehalfOf';
      return (await service.ask(`{ event(id: "${opened.events.at(-1)!.id}") { ${fields} } }`)).data.event;
    };
    const mapped = { investigations: 'INVESTIGATOR', imports: 'INTEGRATION' };
    for (const [group, role] of Object.entries(mapped))
      await service.command('mapGroup', { group, groupRoles: [role] });
    const { issuer } = provider;
    const common = { authentication: 'OIDC', issuer, credential: expect.any(String), onBehalfOf: null };
    expect(await caseOf(await provider.person('ann', { name: 'Ann Archer', groups: ['investigations'] }))).toEqual({
      ...{ actor: { id: `${issuer}#ann`, name: 'Ann Archer', kind: 'PERSON' }, subject: 'ann', ...common },
    });
    expect(await caseOf(await provider.program())).toEqual({
      ...{ actor: { id: `${issuer}#importer`, name: 'importer', kind: 'SERVICE' }, subject: 'importer', ...common },
    });
    for (const group of Object.keys(mapped)) await service.command('unmapGroup', { group });
  });

  it('give what administrators map their groups to, from the next request on', async () => {
    const token = await provider.person('adele', { groups: ['admins', 'staff'] });
    const keys = async () => codeOf(await service.ask('{ keys { id } }', {}, token));
    expect(await keys()).toBe('FORBIDDEN');
    expect(
      (await service.command('mapGroup', { group: 'admins', groupRoles: ['ADMINISTRATOR'] })).errors,
    ).toBeUndefined();
    expect(await keys()).toBeUndefined();
    expect((await service.ask('{ groups { group roles organisation } }', {}, service.adminKey)).data.groups).toEqual([
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
    /** As soon as the read models show so many. */
    const claims = (count: number) =>
      until(`${count} claims`, async () => {
        const all = await accessEvents('GroupsClaimed');
        const hers = all.filter(({ payload }) => payload.principal.endsWith('#bea'));
        return hers.length >= count ? hers : undefined;
      });
    const first = await provider.person('bea', { name: 'Bea', groups: ['b', 'a', 'a', 7] });
    expect(await Promise.all([statusOf(service, first), statusOf(service, first), statusOf(service, first)])).toEqual([
      200, 200, 200,
    ]);
    expect(await statusOf(service, await provider.person('bea', { name: 'Bea', groups: ['a', 'b'] }))).toBe(200);
    expect(await claims(1)).toEqual([
      {
        payload: { principal: `${provider.issuer}#bea`, label: 'Bea', claimedGroups: ['a', 'b'] },
        ...{ actor: { id: 'system', kind: 'SYSTEM' }, authentication: 'SYSTEM' },
      },
    ]);
    expect(await statusOf(service, await provider.person('bea', { name: 'Bea', groups: ['a'] }))).toBe(200);
    expect((await claims(2)).map(({ payload }) => payload.claimedGroups)).toEqual([['a', 'b'], ['a']]);
  });

  it('import as what their groups are mapped to by then, however long the import runs', async () => {
    const importers = { group: 'importers', groupRoles: ['INVESTIGATOR'] };
    expect((await service.command('mapGroup', importers)).errors).toBeUndefined();
    const authorization = `Bearer ${await provider.person('ivo', { groups: ['importers'] })}`;
    const call = request(`${service.url}/import`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-ndjson' },
    });
    const answered = once(call, 'response');
    const line = () =>
      call.write(
        `${JSON.stringify({ command: 'openCase', input: { commandId: randomUUID(), title: 'By token', kind: 'CASE' } })}\n`,
      );
    line();
    const [response] = (await answered) as [IncomingMessage];
    const answers = createInterface(response)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await answers.next()).value as string);
    expect(await next()).toMatchObject({ line: 1, repeated: false });
    expect((await service.command('unmapGroup', { group: 'importers' })).errors).toBeUndefined();
    const refused = await until('the import is refused', async () => {
      line();
      const { error } = await next();
      return error as { extensions: object } | undefined;
    });
    expect(refused).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    call.end();
    expect(await next()).toMatchObject({ done: true, refused: 1 });
  });

  it('tell the people of a group in their feed that a case is shared with it, and no longer', async () => {
    expect((await service.command('mapGroup', { group: 'legal', groupRoles: ['COUNSEL'] })).errors).toBeUndefined();
    const token = await provider.person('gia', { groups: ['legal'] });
    const following = followSse(service.url, token, { after: '0', types: ['CaseShared', 'CaseRevoked'] });
    const told = async () => {
      for (;;) {
        const { event } = (await following.told.next()).value!;
        if (event) return [event.type, event.stream];
      }
    };
    const { case: one } = await service.done('openCase', { title: 'For some', kind: 'CASE', restricted: true });
    const grantee = { kind: 'GROUP', id: 'legal' };
    await service.done('addMember', { caseId: one.id, grantee, rights: ['READ'] });
    expect(await told()).toEqual(['CaseShared', `case-${one.id}`]);
    await service.done('removeMember', { caseId: one.id, grantee });
    expect(await told()).toEqual(['CaseRevoked', `case-${one.id}`]);
    following.cut();
  });

  it('let a feed go on only as what their groups are mapped to: who came by another mapping comes back', async () => {
    const watchers = { group: 'watchers', groupRoles: ['INVESTIGATOR'] };
    expect((await service.command('mapGroup', watchers)).errors).toBeUndefined();
    const token = await provider.person('wim', { groups: ['watchers'] });
    const opened = () => service.done('openCase', { title: 'For all', kind: 'CASE' });
    const { caseId } = { caseId: (await opened()).case.id as string };
    const wanted = { after: '0', types: ['CaseOpened'] };
    const [sse, socket] = [followSse(service.url, token, wanted), followWebSocket(service.url, token, wanted)];
    const seen = async ({ told }: Following) => {
      for (;;) if ((await told.next()).value?.event?.stream === `case-${caseId}`) return;
    };
    await Promise.all([seen(sse), seen(socket)]);
    expect((await service.command('unmapGroup', { group: 'watchers' })).errors).toBeUndefined();
    const after = `case-${(await opened()).case.id}`;
    const rest = async ({ told }: Following) => {
      const streams: (string | undefined)[] = [];
      for (let one = await told.next(); !one.done; one = await told.next()) streams.push(one.value.event?.stream);
      return streams;
    };
    expect(await rest(sse)).not.toContain(after);
    expect(sse.frames.filter(({ event }) => event === 'end')).toEqual([]);
    expect(await rest(socket)).not.toContain(after);
    expect(await socket.code).toBe(1012);
  });

  it('let who waits come back for what their groups open to them by now', async () => {
    const token = await provider.person('uma', { groups: ['newcomers'] });
    const wanted = { after: String(await service.logHead()), types: ['CaseOpened'] };
    const [sse, socket] = [followSse(service.url, token, wanted), followWebSocket(service.url, token, wanted)];
    for (const { told } of [sse, socket]) expect((await told.next()).value).toMatchObject({ caughtUp: true });
    const newcomers = { group: 'newcomers', groupRoles: ['INVESTIGATOR'] };
    expect((await service.command('mapGroup', newcomers)).errors).toBeUndefined();
    expect(await socket.code).toBe(1012);
    for (const { told } of [sse, socket]) expect(await told.next()).toMatchObject({ done: true });
    expect(sse.frames.filter(({ event }) => event === 'end')).toEqual([]);
  });

  it('answer over WebSocket a command that changes what its sender may see', async () => {
    const group = 'keepers';
    expect((await service.command('mapGroup', { group, groupRoles: ['ADMINISTRATOR'] })).errors).toBeUndefined();
    const client = webSocketClient(service.url, await provider.person('kim', { groups: [group] }));
    const query = 'mutation ($input: MapGroupInput!) { mapGroup(input: $input) { revision } }';
    const input = { commandId: randomUUID(), group, groupRoles: ['ADMINISTRATOR', 'INVESTIGATOR'] };
    const { value } = await client.iterate({ query, variables: { input } }).next();
    expect(value).toMatchObject({ data: { mapGroup: { revision: expect.any(Number) } } });
    await client.dispose();
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
});
