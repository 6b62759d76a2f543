import { type Duplex } from 'node:stream';
import { type WebSocket } from 'ws';

/** What is gathered before it is written, in bytes: about what a client reads at once. */
const MOST = 65_536;

/**
 * Writes at once what a client is sent in one turn after the first: a write for each event that a follower is told takes as long as
 * all else about it. It is written before anything else happens, so that nobody is answered before it. Whoever sends waits where
 * the client does not take what it is sent; of what fails to be sent nobody is told.
 */
export function gatherWrites(client: WebSocket, socket: Duplex): void {
  const { send } = client as { send: (data: string, taken: () => void) => void };
  let isFirst = true;
  let isGathering = false;
  const endTurn = (): void => {
    if (isGathering) socket.uncork();
    isFirst = true;
    isGathering = false;
  };
  client.send = ((data: string, sent: () => void) => {
    if (isFirst) process.nextTick(endTurn);
    else if (!isGathering) {
      socket.cork();
      isGathering = true;
    }
    isFirst = false;
    send.call(client, data, () => sent());
    if (socket.writableLength < MOST) return sent();
    socket.uncork();
    isGathering = false;
  }) as WebSocket['send'];
}
