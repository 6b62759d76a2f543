import { Socket } from 'node:net';
import { type Principal } from '#access/principal.js';
import { type Following } from '#read-models/following/feed.js';
import { RequestContext } from './request-context.js';
import { type Services } from './request-services.js';

describe('a request that waits for an event', () => {
  const following: Following = { transport: 'polling', after: 7 };
  const waits = (socket: Socket): Promise<boolean> => {
    let close: () => void;
    const closed = new Promise<[]>((resolve) => (close = () => resolve([])));
    const subscriber = { next: () => closed, close: () => close() };
    const services = { policy: { filter: () => ({}) }, feed: { subscribe: () => subscriber } };
    const context = new RequestContext({} as Principal, services as unknown as Services, undefined, { socket });
    return context.arrival(following, 60_000);
  };

  it('ends when its client goes', async () => {
    const socket = new Socket();
    const answer = waits(socket);
    socket.destroy();
    expect(await answer).toBe(false);
  });

  it('does not begin where its client has gone before', async () => {
    const socket = new Socket();
    await new Promise((resolve) => socket.once('close', resolve).destroy());
    expect(await waits(socket)).toBe(false);
  });
});
