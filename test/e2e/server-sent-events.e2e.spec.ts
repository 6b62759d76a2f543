import { type GraphQLObjectType } from 'graphql';
import { type Following } from '../follow/followed.js';
import { addressOf, followSse } from '../follow/sse.js';
import { untilCaughtUp } from '../follow/until-caught-up.js';
import { everythingOf, schemaOf } from './selections.js';
import { Service } from './service.js';

describe('server-sent events', () => {
  let service: Service;
  let investigator: string;
  let caseId: string;
  const open: Following[] = [];
  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    const opening = {
      ...{ title: 'Followed', kind: 'SUSPICIOUS_ACTIVITY', occurredAt: '2025-01~' },
      description: { text: 'Alles.', language: 'de', translation: { text: 'Everything.', language: 'en' } },
      ...{ restricted: false, members: [{ grantee: { kind: 'GROUP', id: 'legal' }, rights: ['READ'] }] },
      ...{ severity: 'MEDIUM', priority: 'LOW', tags: ['Élan'] },
    };
    const opened = await service.done('openCase', opening, investigator);
    caseId = opened.case.id as string;
    await note();
  });
  afterEach(() => open.splice(0).forEach((following) => following.cut()));
  afterAll(() => service.stop());

  const note = () => service.done('addNote', { caseId, text: { text: 'Something new' } }, investigator);
  const get = async (address: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${service.url}${address}`, {
      headers: { authorization: `Bearer ${investigator}`, ...headers },
    });
    return { status: response.status, body: (await response.json()) as { errors: { extensions: any }[] } };
  };

  it('have the cursor as their id, and all fields of the event', async () => {
    const following = followSse(service.url, investigator, { types: ['CaseOpened'] });
    open.push(following);
    const [first] = await untilCaughtUp(following);
    expect(following.frames.find(({ data }) => data)).toMatchObject({ id: first.cursor });
    const everything = everythingOf((await schemaOf(service)).getType('RecordedEvent') as GraphQLObjectType);
    const answer = await service.ask(`query ($id: ID!) { event(id: $id) ${everything.replace('{', '{ payload ')} }`, {
      id: first.event!.id,
    });
    // Marks are what holds now, and no part of what is told.
    const { data: _, marks: __, ...fields } = answer.data.event;
    expect(first.event).toEqual(fields);
  });

  it('go on from Last-Event-ID rather than from the address', async () => {
    const following = followSse(service.url, investigator, {});
    open.push(following);
    const [, second, third] = await untilCaughtUp(following);
    const response = await fetch(addressOf(service.url, { after: '0' }), {
      headers: { authorization: `Bearer ${investigator}`, 'last-event-id': second.cursor },
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('data: ')) text += (await reader.read()).value;
    await reader.cancel();
    expect(JSON.parse(/^data: (.*)$/m.exec(text)![1])).toMatchObject({
      event: { id: third.event!.id },
    });
  });

  it.each([
    ['a cursor that is none', '?after=x', 'CURSOR_INVALID'],
    ['a place ahead of the log', '?after=99999999', 'CURSOR_INVALID'],
    ['an unknown parameter', '?since=1', 'VALIDATION_FAILED'],
    ['two places', '?after=1&after=2', 'VALIDATION_FAILED'],
    ['a type that is no text', '?types=a,%00', 'VALIDATION_FAILED'],
    ['a case that is no text', '?cases=%00', 'VALIDATION_FAILED'],
    ['an empty type', '?types=', 'VALIDATION_FAILED'],
    ['too many cases', `?cases=${'x,'.repeat(101)}x`, 'VALIDATION_FAILED'],
    ['a long place', `?after=${'9'.repeat(1001)}`, 'VALIDATION_FAILED'],
  ])('are refused for %s', async (_, query, code) => {
    const { status, body } = await get(`/events${query}`);
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code });
    if (code === 'VALIDATION_FAILED') expect(body.errors[0].extensions.violations).toHaveLength(1);
  });

  it('are refused without a key, and end with a revoked one before the next event', async () => {
    expect((await fetch(`${service.url}/events`)).status).toBe(401);
    const { data } = await service.command(
      'issueKey',
      { principal: 'guest', label: 'Guest', actorKind: 'SERVICE', principalRoles: ['INVESTIGATOR'] },
      service.adminKey,
      'secret key { id }',
    );
    const following = followSse(service.url, data.issueKey.secret as string, {});
    open.push(following);
    await untilCaughtUp(following);
    await service.command('revokeKey', { keyId: data.issueKey.key.id, reason: 'Left.' });
    await note();
    expect(await following.told.next()).toMatchObject({ done: true });
    expect(following.frames.at(-1)!.event).toBe('end');
    expect(following.frames.at(-1)!.data).toContain('"UNAUTHENTICATED"');
  });
});
