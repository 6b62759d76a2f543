import { type RawData, type WebSocket } from 'ws';

/** A message that begins as most clients write it, so that a long one need not be read to know its id. */
const SUBSCRIBE = /^\{"id":"([^"\\]+)","type":"subscribe",/;
const ANSWER = /^\{"id":"(\d+)","type":"(next|error|complete)"/;
/** An id that no operation has. */
const NONE = '0';
/** Told to clients that use the id of an operation for another while it lasts. */
const IN_USE = 4409;
/** The bytes that a reason for closing may have (RFC 6455, 5.5). */
export const LONGEST_REASON = 123;

/**
 * Gives every operation of a client an id of its own towards graphql-ws. A client may use an id again as soon as it has
 * completed it, but graphql-ws takes the second operation for the first as long as the first has not come to its end. Answers
 * to what the client has completed are dropped. Whatever else passes as it is, bad messages too. What is returned tells by such
 * an id when the client waits for that operation no longer.
 */
export function renameOperations(client: WebSocket): (own: string) => AbortSignal {
  let last = 0;
  /** Of the operations that the client waits for: ours by the client's, and the other way. */
  const ours = new Map<string, string>();
  const theirs = new Map<string, string>();
  const waiting = new Map<string, AbortController>();
  const forget = (id: string, own: string | undefined): void => {
    ours.delete(id);
    if (own === undefined) return;
    theirs.delete(own);
    waiting.get(own)?.abort();
    waiting.delete(own);
  };

  const received = (text: string): string => {
    const message = messageOf(text);
    if (!message) return text;
    const { type, id } = message;
    let own = ours.get(id);
    if (type === 'complete') forget(id, own);
    else if (own === undefined) {
      ours.set(id, (own = String(++last)));
      theirs.set(own, id);
    }
    // The last of several members of one name holds: nothing is kept here of what graphql-ws would take for something else.
    return `${text.slice(0, text.lastIndexOf('}'))},"type":"${type}","id":"${own ?? NONE}"}`;
  };
  const [listener] = client.listeners('message') as ((text: string) => void)[];
  client.removeAllListeners('message').on('message', (data: RawData) => {
    // What still comes from a client that has been told to go would be kept, and never answered.
    if (client.readyState === client.OPEN) listener(received((data as Buffer).toString()));
  });

  const { send, close } = client as { send: Send; close: WebSocket['close'] };
  client.send = ((text, sent) => {
    const [begin, own, type] = ANSWER.exec(text) ?? [];
    if (begin === undefined) return send.call(client, text, sent);
    const id = theirs.get(own);
    if (id === undefined) return sent();
    if (type !== 'next') forget(id, own);
    send.call(client, `{"id":${JSON.stringify(id)},"type":"${type}"${text.slice(begin.length)}`, sent);
  }) as Send as WebSocket['send'];
  client.close = (code, reason) => {
    const named = code === IN_USE ? String(reason).replace(/\d+/, (own) => theirs.get(own) ?? own) : reason;
    close.call(client, code, Buffer.byteLength(named ?? '') <= LONGEST_REASON ? named : reason);
  };
  return (own) => {
    if (!theirs.has(own)) return AbortSignal.abort();
    const controller = new AbortController();
    waiting.set(own, controller);
    return controller.signal;
  };
}

type Send = (text: string, sent: (error?: Error) => void) => void;

/** What begins or ends an operation; undefined for anything else, and for what is no message. */
function messageOf(text: string): { type: 'subscribe' | 'complete'; id: string } | undefined {
  const id = text.endsWith('}') ? SUBSCRIBE.exec(text)?.[1] : undefined;
  if (id !== undefined) return { type: 'subscribe', id };
  try {
    const message = JSON.parse(text) as { type?: unknown; id?: unknown } | null;
    const { type, id } = message ?? {};
    const isOperation = (type === 'subscribe' || type === 'complete') && typeof id === 'string' && id !== '';
    return isOperation ? { type, id } : undefined;
  } catch {
    return undefined;
  }
}
