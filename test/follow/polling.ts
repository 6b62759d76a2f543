import { FIELDS, type Followed, type Following, Queue, type Wanted } from './followed.js';

const POLL = `query ($after: String, $types: [String!], $cases: [ID!], $waitMs: Int) {
  page: events(after: $after, types: $types, cases: $cases, first: 100, waitMs: $waitMs) {
    nodes ${FIELDS.slice('event '.length, FIELDS.indexOf('}') + 1)} cursor caughtUp head } }`;

/** Follows by asking again and again: without waiting the first time, so that it is told at once if there is nothing. */
export function followPolling(url: string, key: string, wanted: Wanted): Following {
  const told = new Queue<Followed>();
  const abort = new AbortController();
  const poll = async (): Promise<void> => {
    let { after } = wanted;
    for (let waitMs = 0; !abort.signal.aborted; waitMs = 25_000) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: POLL, variables: { ...wanted, after, waitMs } }),
        signal: abort.signal,
      });
      const { data } = (await response.json()) as {
        data: { page: { nodes: NonNullable<Followed['event']>[] } & Omit<Followed, 'event'> };
      };
      const { nodes, cursor, caughtUp, head } = data.page;
      if (nodes.length === 0) told.push({ event: null, cursor, caughtUp, head });
      // Until the last of them the page's own cursor would pass over the rest.
      for (const [n, event] of nodes.entries()) {
        const isLast = n === nodes.length - 1;
        told.push({ event, cursor: isLast ? cursor : String(event.sequence), caughtUp: isLast && caughtUp, head });
      }
      after = cursor;
    }
  };
  poll().then(
    () => told.end(),
    () => told.end(),
  );
  return { told, cut: () => abort.abort() };
}
