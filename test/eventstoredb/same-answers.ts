import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';

const EVENT = `id sequence type schemaVersion stream revision recordedAt hash previousHash commandId correlationId causationId
  actor { id } summary payload`;
const PAGE = `query ($after: String, $asOf: AsOf) { cases(first: 2, after: $after, asOf: $asOf, orderBy: { field: NUMBER }) {
  nodes { id number title status revision history(first: 100) { nodes { ${EVENT} } } }
  pageInfo { endCursor hasNextPage } } }`;
const FEED = `query ($after: String) { events(first: 10, after: $after) { nodes { ${EVENT} } cursor } }`;

interface Cases {
  cases: { nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
}
interface Events {
  events: { nodes: { id: string; sequence: number; recordedAt: string }[]; cursor: string };
}

/** Cursors and moments that were given out, and what is answered by them. */
export interface Remembered {
  page: string;
  feed: string;
  moments: object[];
  answers: unknown[];
}

/** Asks for cursors and moments, and what they answer. */
export async function remember(url: string, key: string): Promise<Remembered> {
  const client = new GraphqlClient(url, key);
  const { events } = await client.request<Events>(FEED);
  const [early, late] = [events.nodes[2], events.nodes[9]];
  const moments = [{ sequence: late.sequence }, { eventId: early.id }, { time: late.recordedAt }];
  const { cases } = await client.request<Cases>(PAGE, { asOf: { sequence: late.sequence } });
  const given = { page: cases.pageInfo.endCursor, feed: events.cursor, moments };
  return { ...given, answers: await answers(url, key, given) };
}

/** What the same cursors and moments answer; ten events follow the feed's. */
export async function answers(url: string, key: string, given: Omit<Remembered, 'answers'>): Promise<unknown[]> {
  const client = new GraphqlClient(url, key);
  const { page, feed, moments } = given;
  const all: unknown[] = [];
  for (const asOf of moments) all.push(await client.request<Cases>(PAGE, { asOf }));
  all.push(await client.request<Cases>(PAGE, { after: page, asOf: moments[0] }));
  // A feed tells what the read models have come to.
  for (;;) {
    const { events } = await client.request<Events>(FEED, { after: feed });
    if (events.nodes.length === 10) return [...all, events.nodes];
  }
}
