import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { FIELDS, type Followed, type Following, Queue, type Wanted } from './followed.js';

export const SUBSCRIPTION = `subscription ($after: String, $types: [String!], $cases: [ID!]) {
  told: events(after: $after, types: $types, cases: $cases) { ${FIELDS} } }`;
export const CASE_SUBSCRIPTION = `subscription ($caseId: ID!, $after: String) {
  told: caseEvents(caseId: $caseId, after: $after) { ${FIELDS} } }`;

/** One that may be closed before it is open: `ws` would throw. */
export class QuietWebSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol);
    this.on('error', () => undefined);
  }
}

/** A client that does not come back by itself. */
export function webSocketClient(url: string, key: string, closed: (code: number) => void = () => undefined): Client {
  return createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: QuietWebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: { closed: (event) => closed((event as { code: number }).code) },
  });
}

/** Follows over WebSocket by graphql-ws's client; `code` is that of the connection's end. */
export function followWebSocket(
  url: string,
  key: string,
  wanted: Wanted & { caseId?: string },
): Following & { code: Promise<number> } {
  const told = new Queue<Followed>();
  let close: (code: number) => void;
  const code = new Promise<number>((resolve) => (close = resolve));
  const client = webSocketClient(url, key, (number) => close(number));
  client.subscribe<{ told: Followed }>(
    { query: wanted.caseId ? CASE_SUBSCRIPTION : SUBSCRIPTION, variables: { ...wanted } },
    {
      next: ({ data, errors }) => {
        if (data) told.push(data.told);
        else told.end(new Error(JSON.stringify(errors)));
      },
      error: (error) => told.end(Array.isArray(error) ? new Error(JSON.stringify(error)) : undefined),
      complete: () => told.end(),
    },
  );
  return { told, code, cut: () => client.terminate() };
}
