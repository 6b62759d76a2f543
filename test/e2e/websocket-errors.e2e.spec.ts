import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { codeOf } from './code-of.js';
import { type Answer } from './api.js';
import { Service } from './service.js';

describe('a request that is wrong, over WebSocket', () => {
  let service: Service;
  beforeAll(async () => (service = await Service.start()));
  afterAll(() => service.stop());

  const connect = (key?: string) =>
    createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      // Open before and between the questions; that it was closed is told to whoever asks.
      lazy: false,
      onNonLazyError: () => undefined,
      ...(key !== undefined && { connectionParams: { authorization: `Bearer ${key}` } }),
    });
  const ask = async (client: ReturnType<typeof connect>, query: string, variables: Record<string, unknown> = {}) => {
    for await (const answer of client.iterate({ query, variables })) return answer as Answer;
    throw new Error('No answer.');
  };

  it('answers as over HTTP, refusals too', async () => {
    const client = connect(await service.investigatorKey);
    const query = '{ cases { totalCount { value } } }';
    expect(await ask(client, query)).toEqual(await service.ask(query));
    const input = { commandId: randomUUID(), title: 'Over WebSocket', kind: 'CASE' };
    const open = 'mutation ($input: OpenCaseInput!) { openCase(input: $input) { readModel case { title } } }';
    expect((await ask(client, open, { input })).data).toEqual({
      openCase: { readModel: 'CURRENT', case: { title: 'Over WebSocket' } },
    });
    expect(codeOf(await ask(client, open, { input: { ...input, title: 'Reused' } }))).toBe('COMMAND_REUSED');
    await client.dispose();
  });

  it.each([
    ['without a key', undefined],
    ['with a key of no one', `clk_${'0'.repeat(16)}_${'0'.repeat(64)}`],
  ])('is closed with 4401 %s', async (_what, key) => {
    const client = connect(key);
    await expect(ask(client, '{ __typename }')).rejects.toMatchObject({ code: 4401 });
    await client.dispose();
  });

  it('is closed with 4401 once the key is revoked', async () => {
    const { data } = await service.command(
      'issueKey',
      { principal: 'tom', label: 'Tom', actorKind: 'PERSON' },
      service.adminKey,
      'key { id } secret',
    );
    const client = connect(data.issueKey.secret as string);
    expect((await ask(client, '{ __typename }')).data).toEqual({ __typename: 'Query' });
    const closed = new Promise((resolve) => client.on('closed', resolve));
    await service.command('revokeKey', { keyId: data.issueKey.key.id });
    await ask(client, '{ __typename }').catch(() => undefined);
    expect(await closed).toMatchObject({ code: 4401 });
    await client.dispose();
  });

  it('is not there at other paths', async () => {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/events`, {
      headers: { authorization: `Bearer ${service.adminKey}` },
    });
    const [{ message }] = (await once(socket, 'error')) as [Error];
    expect(message).toBe('Unexpected server response: 401');
  });
});
