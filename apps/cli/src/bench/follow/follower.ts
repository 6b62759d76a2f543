import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';
import { type MeasuredServer } from '../measured-server.js';

/** A client that follows all events; what it is told goes to `take` as it comes off the wire, unparsed. */
export interface Follower {
  close(): void;
}

export type Follow = (server: MeasuredServer, after: string, take: (text: string) => void) => Promise<Follower>;

/** By server-sent events; resolves when the first text has come. */
export const bySse: Follow = async ({ url, key }, after, take) => {
  const call: ClientRequest = request(`${url}/events?after=${after}`, {
    agent: false,
    headers: { authorization: `Bearer ${key}` },
  });
  call.on('error', () => undefined);
  call.end();
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`The stream of events was answered with ${answer.statusCode}.`);
  answer
    .setEncoding('utf8')
    .on('data', take)
    .on('error', () => undefined);
  return { close: () => call.destroy() };
};

const QUERY = `subscription ($after: String) { events(after: $after) {
  event { id sequence type stream revision recordedAt actor { id name kind } correlationId summary payload } cursor caughtUp head } }`;

/** Over WebSocket; resolves when the subscription is under way. */
export const byWebSocket: Follow = async ({ url, key }, after, take) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  await once(socket, 'message');
  socket.on('message', (data: Buffer) => take(data.toString()));
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: QUERY, variables: { after } } }));
  return { close: () => socket.terminate() };
};

/** The last sequence that can be read. */
export async function headOf({ client }: MeasuredServer): Promise<number> {
  const { events } = await client.request<{ events: { head: number } }>('{ events(first: 1) { head } }');
  return events.head;
}

/** So many followers, half of them each way, that have caught up with the log. */
export async function followers(
  server: MeasuredServer,
  count: number,
  take: (text: string) => void,
): Promise<Follower[]> {
  const after = String(await headOf(server));
  const all: Follower[] = [];
  while (all.length < count) {
    const next = Array.from({ length: Math.min(100, count - all.length) }, (_, n) => {
      const follow = n % 2 === 0 ? bySse : byWebSocket;
      return new Promise<Follower>((resolve, reject) => {
        let follower: Follower | undefined;
        let told = false;
        const begin = (text: string): void => {
          take(text);
          told ||= text.includes('"caughtUp":true');
          if (told && follower) resolve(follower);
        };
        follow(server, after, begin).then((made) => {
          follower = made;
          if (told) resolve(made);
        }, reject);
      });
    });
    all.push(...(await Promise.all(next)));
  }
  return all;
}
