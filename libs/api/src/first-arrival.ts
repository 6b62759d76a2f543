import { type Socket } from 'node:net';
import { type Subscriber } from '#read-models/following/subscriber.js';

/** By what it is known that nobody waits for an answer any more. */
export interface Waiting {
  /** What the request came over: closed by then. */
  socket?: Socket;
  /** Over WebSocket: aborted when the client completes the operation. */
  completed?: AbortSignal;
}

/** Waits for the first event: false if none has come after so many milliseconds, or before nobody waits for it any more. */
export async function firstArrival(
  subscriber: Subscriber,
  waitMs: number,
  { socket, completed }: Waiting,
): Promise<boolean> {
  const giveUp = (): void => subscriber.close();
  const timer = setTimeout(giveUp, waitMs);
  // One connection may carry many that wait.
  socket?.setMaxListeners(0).once('close', giveUp);
  completed?.addEventListener('abort', giveUp);
  // They may have gone before anybody listened.
  if (socket?.destroyed || completed?.aborted) giveUp();
  try {
    let [told] = await subscriber.next();
    // That there is none yet is known.
    if (told?.event === null) [told] = await subscriber.next();
    return told !== undefined;
  } finally {
    clearTimeout(timer);
    socket?.off('close', giveUp);
    completed?.removeEventListener('abort', giveUp);
    subscriber.close();
  }
}
