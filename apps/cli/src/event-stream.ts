import { setTimeout as pause } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Refused } from './exit.js';
import { fetch, type Response } from './fetch.js';
import { type RecordedEvent } from './recorded-events.js';
import { causeOf, lackingKey, unknownKey, unreachable } from './unreachable.js';

/** What the feed tells: an event, or none where there is nothing to come with a new place; and where to go on behind it. */
interface Told {
  event: RecordedEvent | null;
  cursor: string;
  caughtUp: boolean;
}

export interface Followed {
  url: string;
  key: string;
  /** Where the key is from, for whoever is told that it is the wrong one. */
  keyFrom?: string;
  /** A sequence in decimals, or a cursor. */
  after: string;
  /** Those of these types; all if there are none. */
  types: readonly string[];
  /** Ends the following. */
  signal: AbortSignal;
  /** Is told, once for each outage, why nothing comes. */
  lost: (why: string) => void;
  /** Is told the place behind which nothing is recorded yet: once a connection gets there, and while nothing comes. */
  rests: (place: string) => void;
}

/** A live stream gives a sign of life every 15 s: one that is silent for so many milliseconds is dead. */
const SILENCE = 45_000;
/** Between two attempts to come back, in milliseconds, unless the server asks for another pause. */
const RETRY = 1_000;

/**
 * Follows the server's feed (`GET /events`) from a place on, until `signal`: as fast as its events are taken, with no gap
 * and none twice over however often the connection is lost. A server that cannot be reached at first is refused: its
 * address is likely wrong. Throws `Refused`, also when the key is valid no longer.
 */
export async function* followEvents(followed: Followed): AsyncGenerator<RecordedEvent> {
  const { signal, lost, rests } = followed;
  let { after } = followed;
  let retry = RETRY;
  // Those before the first connection are not told: they are thrown.
  let outage: 'first' | 'none' | 'told' = 'first';
  while (!signal.aborted) {
    const connection = new AbortController();
    let rested = false;
    try {
      const response = await open({ ...followed, after }, AbortSignal.any([signal, connection.signal]));
      outage = 'none';
      for await (const message of messages(response, connection, (wanted) => (retry = wanted))) {
        if (message === 'alive') {
          rests(after);
          continue;
        }
        if (message.event === 'end') throw new Refused(reasons(message.data));
        const { event, cursor, caughtUp } = JSON.parse(message.data) as Told;
        if (event) yield event;
        after = cursor;
        if (signal.aborted) return;
        if (caughtUp && !rested) rests(after);
        rested ||= caughtUp;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) throw error;
      const { message } = error as Error;
      if (outage === 'first') throw new Refused(message);
      if (outage === 'none') lost(message);
      outage = 'told';
    } finally {
      connection.abort();
    }
    await pause(retry, undefined, { signal }).catch(() => undefined);
  }
}

async function open({ url, key, keyFrom, after, types }: Followed, signal: AbortSignal): Promise<Response> {
  const address = new URL(`${url.replace(/\/+$/, '')}/events`);
  if (types.length > 0) address.searchParams.set('types', types.join(','));
  const headers = { authorization: `Bearer ${key}`, 'last-event-id': after };
  const response = await fetch(address, { headers, signal }).catch((error: unknown) => {
    throw new Error(unreachable(address.href, error));
  });
  const { status } = response;
  if (status === 200 && response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
  if (status === 401) throw new Refused(unknownKey(address.href, keyFrom));
  const why = reasons(await response.text()) || `${address.href} answered ${status}: is it a Caseledger server?`;
  if (status === 403) throw new Refused(lackingKey(why, keyFrom));
  throw status >= 500 || status === 429 ? new Error(why) : new Refused(why);
}

/** The messages of a stream until it ends, and its signs of life. Nothing more is read while its reader is busy with one. */
async function* messages(
  { body }: Response,
  connection: AbortController,
  onRetry: (milliseconds: number) => void,
): AsyncGenerator<EventSourceMessage | 'alive'> {
  let arrived: (EventSourceMessage | 'alive')[] = [];
  const parser = createParser({
    onEvent: (message) => arrived.push(message),
    onComment: () => arrived.push('alive'),
    onRetry,
  });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const silent = setTimeout(() => connection.abort(), SILENCE);
    const { done, value } = await reader
      .read()
      .catch((error: unknown) => {
        throw new Error(`The connection was lost (${causeOf(error)}).`);
      })
      .finally(() => clearTimeout(silent));
    if (done) return;
    parser.feed(value);
    yield* arrived;
    arrived = [];
  }
}

/** The messages of GraphQL's `errors`, as the feed tells them; nothing if the text has none. */
function reasons(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors: { message: string }[] };
    return errors.map(({ message }) => message).join('\n');
  } catch {
    return '';
  }
}
