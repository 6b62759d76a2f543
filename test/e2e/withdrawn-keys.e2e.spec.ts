import { followSse } from '../follow/sse.js';
import { followWebSocket } from '../follow/web-socket.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';
import { untilPolling } from './until-polling.js';

describe('a key that is revoked while its holder waits for events', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service.stop());

  /** A guest's key, and how it is revoked. */
  async function issued(): Promise<{ key: string; revoke: () => Promise<unknown> }> {
    const guest = { principal: 'guest', label: 'Guest', actorKind: 'PERSON', principalRoles: ['INVESTIGATOR'] };
    const { data } = await service.command('issueKey', guest, service.adminKey, 'secret key { id }');
    const { secret, key } = data.issueKey;
    return { key: secret, revoke: () => service.command('revokeKey', { keyId: key.id, reason: 'Left.' }) };
  }

  it('ends streams and closes connections although nothing comes to be told', async () => {
    const { key, revoke } = await issued();
    const [stream, socket] = [followSse(service.url, key, {}), followWebSocket(service.url, key, {})];
    for (const { told } of [stream, socket]) expect((await told.next()).value).toMatchObject({ caughtUp: true });
    await revoke();
    expect(await socket.code).toBe(4401);
    for (const { told } of [stream, socket]) expect(await told.next()).toMatchObject({ done: true });
    expect(stream.frames.at(-1)).toMatchObject({ event: 'end', data: expect.stringContaining('"UNAUTHENTICATED"') });
  });

  it('tells a long poll nothing of what comes then', async () => {
    const { key, revoke } = await issued();
    const query = `query ($after: String) { events(after: $after, waitMs: 25000) { nodes { type } cursor } }`;
    const after = String(await service.logHead());
    const waiting = service.ask(query, { after }, key);
    await untilPolling(service, 1);
    await revoke();
    await service.done('openCase', { title: 'After it', kind: 'CASE' });
    const answer = await waiting;
    expect(codeOf(answer)).toBe('UNAUTHENTICATED');
    expect(answer.data).toBeNull();
  });
});
