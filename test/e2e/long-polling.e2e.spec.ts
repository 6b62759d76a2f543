import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Service } from './service.js';
import { untilPolling } from './until-polling.js';

describe('long polling', () => {
  let service: Service;
  let investigator: string;
  let caseId: string;
  let other: string;
  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    [caseId, other] = [await opened(), await opened()];
    await closed(await opened());
  });
  afterAll(() => service.stop());

  const opened = async () =>
    (await service.done('openCase', { title: 'Followed', kind: 'CASE' }, investigator)).case.id as string;
  const closed = (id: string) =>
    service.done('closeCase', { caseId: id, resolution: 'INSUFFICIENT_INFORMATION', reason: 'Done.' }, investigator);
  const poll = `query ($after: String, $waitMs: Int) { events(after: $after, types: ["CaseClosed"], waitMs: $waitMs) { nodes { type } cursor caughtUp head } }`;

  it('answers at once where there is something, else when there is or when the time is up', async () => {
    const before = performance.now();
    const { data } = await service.ask(poll, { after: '0', waitMs: 25_000 });
    const { nodes, cursor } = data.events as { nodes: object[]; cursor: string };
    expect(nodes.length).toBeGreaterThan(0);
    const empty = await service.ask(poll, { after: cursor, waitMs: 50 });
    expect(empty.data.events).toMatchObject({ nodes: [], caughtUp: true });
    expect(performance.now() - before).toBeLessThan(20_000);

    const waiting = service.ask(poll, { after: cursor, waitMs: 25_000 });
    await service.done('addNote', { caseId, text: { text: 'Something new' } }, investigator);
    const { sequence } = await closed(other);
    const { data: answer, extensions } = await waiting;
    expect(answer.events).toMatchObject({ nodes: [{ type: 'CaseClosed' }], caughtUp: true });
    expect(answer.events.head).toBeGreaterThanOrEqual(sequence);
    expect(extensions!.asOf.fields.events).toBe(answer.events.head);
  });

  it('tells the moment of each of several under its own name in the answer', async () => {
    const { data } = await service.ask('{ events { cursor head } }');
    const { cursor, head } = data.events as { cursor: string; head: number };
    const query = `query ($after: String) { first: events(after: $after, waitMs: 25000) { head } other: events(after: $after, waitMs: 25000) { head } }`;
    const waiting = service.ask(query, { after: cursor });
    // What is recorded before they wait would be read at the answer's own moment.
    await untilPolling(service, 2);
    await service.done('addNote', { caseId, text: { text: 'Something more' } }, investigator);
    const { data: answer, extensions } = await waiting;
    expect(answer.first.head).toBeGreaterThan(head);
    expect(extensions!.asOf.fields).toEqual({ first: answer.first.head, other: answer.other.head });
  });

  it('waits no longer where the client completes the operation, over WebSocket', async () => {
    const { data } = await service.ask('{ events { cursor } }', {}, investigator);
    const client = createClient({
      ...{ url: `${service.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket },
      connectionParams: { authorization: `Bearer ${investigator}` },
    });
    const query = `{ events(after: "${data.events.cursor}", waitMs: 25000) { head } }`;
    const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
    const complete = client.subscribe({ query }, sink);
    // It keeps the connection open.
    const completeOther = client.subscribe({ query }, sink);
    await untilPolling(service, 2);
    const before = performance.now();
    complete();
    await untilPolling(service, 1);
    expect(performance.now() - before).toBeLessThan(10_000);
    completeOther();
    await client.dispose();
  });

  it.each([-1, 25_001])('does not wait for %i ms', async (waitMs) => {
    const { errors } = await service.ask(poll, { waitMs });
    expect(errors![0].extensions).toMatchObject({ code: 'VALIDATION_FAILED', violations: [{ path: 'waitMs' }] });
  });
});
