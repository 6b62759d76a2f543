import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { heart, startSample } from '../../../../test/e2e/graphql-audits-app.js';
import { renameOperations } from './operation-ids.js';

interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

describe('the ids of operations over WebSocket', () => {
  let sample: Awaited<ReturnType<typeof startSample>>;
  const sockets: WebSocket[] = [];
  beforeAll(async () => {
    sample = await startSample();
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));
  afterAll(() => sample.app.close());

  async function open() {
    const socket = new WebSocket(sample.url.replace('http', 'ws'), 'graphql-transport-ws');
    sockets.push(socket);
    const messages: Message[] = [];
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
    await once(socket, 'open');
    const send = (message: unknown) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message), () => undefined);
    send({ type: 'connection_init', payload: { authorization: 'Bearer good' } });
    await until(() => messages.length > 0);
    expect(messages.splice(0)).toEqual([{ type: 'connection_ack' }]);
    const subscribe = (id: string, query: string) => send({ id, type: 'subscribe', payload: { query } });
    const complete = (id: string) => send({ id, type: 'complete' });
    const closed = once(socket, 'close').then(([code, reason]) => [code as number, String(reason)]);
    /** Everything that was sent before has been dealt with, and its answers are here. */
    const answered = async () => {
      subscribe('last', '{ hello }');
      await until(() => messages.some(({ id, type }) => id === 'last' && type === 'complete'));
      return messages.splice(0).filter(({ id }) => id !== 'last');
    };
    return { socket, messages, send, subscribe, complete, closed, answered };
  }
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; !condition(); i++) {
      if (i > 400) throw new Error('It did not come to that.');
      await delay(5);
    }
  };
  const followers = (count: number) => until(() => heart.listenerCount('beat') === count);
  const next = (id: string, data: unknown) => ({ id, type: 'next', payload: { data } });

  it('answers what an id is used for again, not what the client has completed', async () => {
    const { messages, subscribe, complete, answered } = await open();
    const begun = once(heart, 'followed');
    subscribe('1', '{ nextBeat }');
    await begun;
    complete('1');
    subscribe('1', 'subscription { beats }');
    await followers(2);
    heart.emit('beat', 1);
    heart.emit('beat', 2);
    await until(() => messages.length >= 2);
    expect(await answered()).toEqual([next('1', { beats: 1 }), next('1', { beats: 2 })]);
    complete('1');
    await followers(0);
    expect(await answered()).toEqual([]);
  });

  it.each(['completed', 'terminated'])('follows once under an id that is used again, until it is %s', async (end) => {
    const { socket, messages, subscribe, complete, answered } = await open();
    for (let i = 0; i < 5; i++) {
      subscribe('1', 'subscription { beats }');
      complete('1');
    }
    subscribe('1', 'subscription { beats }');
    await answered();
    await followers(1);
    heart.emit('beat', 1);
    await until(() => messages.length > 0);
    expect(await answered()).toEqual([next('1', { beats: 1 })]);
    if (end === 'completed') complete('1');
    else socket.terminate();
    await followers(0);
  });

  it('does not tell a new operation that the one before it under its id is complete', async () => {
    const { messages, subscribe, complete, answered } = await open();
    subscribe('1', 'subscription { beats }');
    await followers(1);
    complete('1');
    subscribe('1', 'subscription { ticks(from: 3) }');
    await until(() => messages.length >= 3);
    expect(await answered()).toEqual([3, 4, 5].map((ticks) => next('1', { ticks })));
    await followers(0);
  });

  it('lets go of what is begun when the connection is cut off', async () => {
    const { socket, subscribe, answered } = await open();
    await answered();
    for (const id of ['1', '2', '3']) subscribe(id, 'subscription { beats }');
    await until(() => heart.listenerCount('beat') > 0);
    socket.terminate();
    await followers(0);
  });

  it('takes any text as an id, written in any way, and an id again after an error', async () => {
    const { send, subscribe, complete, answered } = await open();
    for (const id of ['"', '\\', '2', 'ä\u2028', '$&', '__proto__']) {
      subscribe(id, '{ hello }');
      const data = { hello: 'hello world' };
      expect(await answered()).toEqual([next(id, data), { id, type: 'complete' }]);
    }
    subscribe('1', '{ nothing }');
    expect(await answered()).toMatchObject([{ id: '1', type: 'error' }]);
    send(`{ "payload": { "query": "{ json(value: 1) }" }, "id": "9", "type": "subscribe", "\\u0069d": "1" }\n`);
    complete('9');
    expect(await answered()).toEqual([next('1', { json: 1 }), { id: '1', type: 'complete' }]);
  });

  it('takes for one thing what says that it is two, and keeps nothing of it', async () => {
    const { send, subscribe, answered } = await open();
    const two = `{"id":"1","type":"subscribe","payload":{"query":"{ hello }"},"type":"pong"}`;
    for (let i = 0; i < 2; i++) {
      send(two);
      expect(await answered()).toEqual([next('1', { hello: 'hello world' }), { id: '1', type: 'complete' }]);
    }
    subscribe('1', '{ json(value: 1) }');
    expect(await answered()).toEqual([next('1', { json: 1 }), { id: '1', type: 'complete' }]);
  });

  it('keeps nothing of what still comes from a client that is told to go', () => {
    const heard: unknown[] = [];
    const client = Object.assign(new EventEmitter(), { OPEN: WebSocket.OPEN, readyState: 1 });
    client.on('message', (text) => heard.push(text));
    renameOperations(client as unknown as WebSocket);
    const message = Buffer.from('{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}');
    client.emit('message', message);
    client.readyState = WebSocket.CLOSING;
    client.emit('message', message);
    expect(heard).toHaveLength(1);
  });

  it('closes with 4409 where an id is in use, and names it', async () => {
    const { subscribe, closed } = await open();
    subscribe('$& 7', 'subscription { beats }');
    await followers(1);
    subscribe('$& 7', '{ hello }');
    expect(await closed).toEqual([4409, 'Subscriber for $& 7 already exists']);
    await followers(0);
  });

  it('closes with 4409 also where the id is too long to be named', async () => {
    const { subscribe, closed } = await open();
    const id = 'é'.repeat(60);
    subscribe(id, 'subscription { beats }');
    await followers(1);
    subscribe(id, '{ hello }');
    expect(await closed).toEqual([4409, expect.stringMatching(/^Subscriber for \d+ already exists$/)]);
    await followers(0);
  });

  it.each([
    'x',
    '[]',
    'null',
    '{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}x',
    '{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}',
    '{"id":"","type":"subscribe","payload":{"query":"{ hello }"}}',
    '{"id":1,"type":"complete"}',
    '{"id":"1","type":"subscribe","payload":{}}',
    '{"id":"1","type":"subscribe"}',
  ])('closes with 4400 where a message is none: %s', async (text) => {
    const { send, closed } = await open();
    send(text);
    expect(await closed).toEqual([4400, 'Invalid message received']);
  });
});
