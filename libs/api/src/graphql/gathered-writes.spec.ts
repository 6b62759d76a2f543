import { Duplex } from 'node:stream';
import { type WebSocket } from 'ws';
import { gatherWrites } from './gathered-writes.js';

/** What comes when all that is at hand has been done; before any timer, and before anything that is received. */
const nextTurn = () => new Promise<void>((resolve) => process.nextTick(resolve));

describe('what a client is sent', () => {
  /** What was written, each at once; and what takes the one that is being written. */
  let written: number[];
  let take: (() => void) | undefined;
  let send: (bytes: number) => Promise<void>;
  beforeEach(() => {
    written = [];
    take = undefined;
    const socket = new Duplex({
      writev(chunks, taken) {
        written.push(chunks.reduce((sum, { chunk }) => sum + (chunk as Buffer).length, 0));
        take = taken;
      },
      read: () => undefined,
    });
    const client = {
      send: (data: string, taken: () => void) => void socket.write(data, taken),
    } as unknown as WebSocket;
    gatherWrites(client, socket);
    send = (bytes) => new Promise((sent) => client.send('x'.repeat(bytes), () => sent()));
  });

  it('is written at once in each turn, after the first, and nobody waits for it', async () => {
    // As what is at hand follows one upon the other.
    for (let n = 0; n < 100; n++) await send(100);
    expect(written).toEqual([100]);
    take!();
    await nextTurn();
    expect(written).toEqual([100, 9_900]);
    take!();
    await nextTurn();
    await send(1);
    expect(written).toEqual([100, 9_900, 1]);
  });

  it('is written as soon as it is much, and then waited for until it is taken', async () => {
    await send(1);
    take!();
    await send(65_000);
    let isSent = false;
    const sent = send(1_000).then(() => (isSent = true));
    expect(written).toEqual([1, 66_000]);
    await nextTurn();
    expect(isSent).toBe(false);
    take!();
    await sent;
    await send(10);
    expect(written).toEqual([1, 66_000, 10]);
  });
});
