import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { followSse } from '../follow/sse.js';
import { followWebSocket } from '../follow/web-socket.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

const FEED = 'query ($after: String, $types: [String!]) { events(after: $after, types: $types, first: 2) { cursor } }';
const CASES = 'query ($after: String) { cases(first: 1, after: $after) { pageInfo { endCursor } } }';
const TRACE = 'query ($after: String) { trace(correlationId: "one", after: $after) { cursor } }';
const TERMS = 'query ($after: String) { allTerms(after: $after) { cursor } }';

describe('a log that was restored from a backup and has grown past it since', () => {
  let service: Service;
  const cursors: Record<string, string> = {};
  let kept: string;
  let keptSequence: number;

  const record = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      await service.done('openCase', { title: `Case ${n}`, kind: 'CASE', correlationId: 'one' });
    }
  };
  const ask = async (query: string, variables: object = {}) => {
    const { data } = await service.ask(query, variables);
    return Object.values(data as Record<string, { cursor: string; pageInfo: { endCursor: string } }>)[0];
  };

  beforeAll(async () => {
    service = await Service.start();
    await record(2);
    kept = (await ask(FEED, { after: '1' })).cursor;
    await service.halt();
    const { folder } = service;
    const backup = await readFile(join(folder, 'log.sqlite'));

    service = await Service.on(folder);
    keptSequence = await service.logHead();
    await record(3);
    cursors.event = (await ask(FEED, { after: String(keptSequence) })).cursor;
    cursors.none = (await ask(FEED, { types: ['CaseClosed'] })).cursor;
    cursors.page = (await ask(CASES)).pageInfo.endCursor;
    cursors.trace = (await ask(TRACE)).cursor;
    const key = await service.investigatorKey;
    const [stream, socket] = [followSse, followWebSocket].map((follow) =>
      follow(service.url, key, { after: String(keptSequence) }),
    );
    cursors.stream = (await stream.told.next()).value!.cursor;
    cursors.socket = (await socket.told.next()).value!.cursor;
    for (const one of [stream, socket]) one.cut();
    await service.halt();

    for (const name of await readdir(folder)) if (/^(log|read-)/.test(name)) await rm(join(folder, name));
    await writeFile(join(folder, 'log.sqlite'), backup);
    service = await Service.on(folder);
    await record(10);
  }, 60_000);
  afterAll(() => service.stop());

  it.each([
    ['of an event of the feed', FEED, 'event'],
    ['of a stretch of the feed without an event', FEED, 'none'],
    ['of a page of cases', CASES, 'page'],
    ['of a trace', TRACE, 'trace'],
    ['of a server-sent event', FEED, 'stream'],
    ['of what was told over WebSocket', FEED, 'socket'],
    ['of the feed, for the terms', TERMS, 'event'],
  ])('takes no cursor from what was given up: one %s', async (_what, query, which) => {
    const answer = await service.ask(query, { after: cursors[which] });
    expect(codeOf(answer)).toBe('CURSOR_INVALID');
    expect(answer.errors![0].message).toMatch(
      /another event stands at its sequence \d+ by now \(was a backup restored\?\)/,
    );
  });

  it('nor from whoever follows', async () => {
    const path = `/events?after=${cursors.none}`;
    const response = await fetch(service.url + path, {
      headers: { authorization: `Bearer ${await service.investigatorKey}` },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('"CURSOR_INVALID"');
  });

  it('takes those from before the backup, and sequences', async () => {
    for (const after of [kept, String(keptSequence)]) {
      expect((await service.ask(FEED, { after })).errors).toBeUndefined();
    }
  });
});
