import { EventEmitter } from 'node:events';
import { type ServerResponse } from 'node:http';
import { type Subscriber, type Told } from '#read-models/following/subscriber.js';
import { COME_BACK, EventStream, type EventStreamOptions } from './event-stream.js';

/** A client's side of an answer, that takes all that is written. */
class Response extends EventEmitter {
  text = '';
  destroyed = false;
  writable = true;
  writableNeedDrain = false;
  write(text: string): boolean {
    this.text += text;
    return true;
  }
  end(): void {
    this.writable = false;
  }
}

/** One that has these events to tell, then what `after` says. */
function subscriber(told: Told[][], after: () => Promise<Told[]>) {
  const state = { closed: false, restsAt: 3 };
  const next = () => (state.closed ? Promise.resolve([]) : Promise.resolve(told.shift() ?? after()));
  return Object.assign(state, { next, close: () => void (state.closed = true) });
}

const ONE = { sequence: 3 } as Told;
const until = () => new Promise<Told[]>(() => undefined);

function streamOf(
  feed: ReturnType<typeof subscriber>,
  options: Partial<EventStreamOptions> = {},
  response = new Response(),
) {
  const stream = new EventStream(response as unknown as ServerResponse, feed as unknown as Subscriber, {
    cursorOf: ({ sequence }) => String(sequence),
    refusal: () => Promise.resolve(undefined),
    format: (error) => ({ message: 'm', extensions: { code: (error as Error).message } }),
    ...options,
  });
  return { stream, response };
}

describe('a stream of server-sent events', () => {
  it.each([
    ['UNAVAILABLE', ''],
    ['OVERLOADED', ''],
    ['INTERNAL', 'event: end\ndata: {"errors":[{"message":"m","extensions":{"code":"INTERNAL"}}]}\n\n'],
  ])('that fails with %s says so only where it is for good: else its client comes back', async (code, said) => {
    const feed = subscriber([], () => Promise.reject(new Error(code)));
    const { stream, response } = streamOf(feed);
    await stream.run();
    expect(response.text).toBe(`retry: 1000\n\n${said}`);
    expect(response.writable).toBe(false);
    expect(feed.closed).toBe(true);
  });

  it('ends without a word, and before the next event, for whom another access holds by now', async () => {
    const feed = subscriber([[ONE]], until);
    const { stream, response } = streamOf(feed, { refusal: () => Promise.resolve(COME_BACK) });
    await stream.run();
    expect(response.text).toBe('retry: 1000\n\n');
    expect(feed.closed).toBe(true);
  });

  it('is cut off at the end where the client takes nothing, and nowhere else', () => {
    const cut = (writableNeedDrain: boolean) => {
      const response = Object.assign(new Response(), { writableNeedDrain, destroy: () => (response.destroyed = true) });
      streamOf(subscriber([], until), {}, response).stream.leave();
      return response.destroyed;
    };
    expect([cut(true), cut(false)]).toEqual([true, false]);
  });

  it('remembers no place for the client that lies before what it was told meanwhile', async () => {
    let tell!: (told: Told[]) => void;
    let found!: () => void;
    const feed = Object.assign(
      subscriber([], () => new Promise<Told[]>((resolve) => (tell = resolve))),
      { timeOf: () => new Promise<undefined>((resolve) => (found = () => resolve(undefined))) },
    );
    const { stream, response } = streamOf(feed);
    void stream.run();
    const beat = stream.beat();
    await new Promise(setImmediate);
    tell([{ sequence: 4 } as Told]);
    await new Promise(setImmediate);
    found();
    await beat;
    expect(response.text.match(/^id: .*$/gm)).toEqual(['id: 4']);
    expect(response.text).toMatch(/:\n\n$/);
  });

  it('reads nothing for a client that left while it was being made', async () => {
    const feed = subscriber([[ONE]], until);
    const gone = Object.assign(new Response(), { destroyed: true });
    const { stream } = streamOf(feed, {}, gone);
    await stream.run();
    expect(gone.text).not.toContain('data');
    expect(feed.closed).toBe(true);
  });
});
