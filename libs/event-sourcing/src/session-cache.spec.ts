import { setImmediate } from 'node:timers/promises';
import { ann } from '../../../test/builders/actors.js';
import { boxAggregate, boxEvents, BoxOpened, ThingPut } from '../../../test/builders/box.js';
import { MemoryLog } from '../../../test/builders/memory-log.js';
import { record } from '../../../test/builders/record.js';
import { permissiveRegistry } from '../../../test/builders/registry.js';
import { event } from './event.js';
import { uuidOf } from './hash.js';
import { LogUnavailable } from './log/errors.js';
import { SessionCache } from './session-cache.js';
import { type StreamSession } from './stream-session.js';

const registry = permissiveRegistry(...boxEvents);
const NOW = '2025-01-24T09:30:00.000Z';
const by = {
  actor: ann,
  commandId: 'c1',
  commandHash: 'h',
  correlationId: 'c1',
  causationId: 'c1',
  recordedAt: NOW,
};

let log: MemoryLog;
let loads: string[];
beforeEach(async () => {
  log = await MemoryLog.create();
  for (const name of ['box-a', 'box-b', 'box-c']) await record(log, name, [event(BoxOpened, { label: name })]);
  loads = [];
  const readStream = log.readStream.bind(log);
  jest.spyOn(log, 'readStream').mockImplementation((stream, options) => {
    loads.push(stream);
    return readStream(stream, options);
  });
});

const get = async (cache: SessionCache, stream: string): Promise<StreamSession<unknown>> =>
  (await cache.get(stream, boxAggregate)) as StreamSession<unknown>;

/** What the session of a box with one event takes. */
async function bytesOfOne(): Promise<number> {
  const { bytes } = await get(new SessionCache(log, registry, Infinity), 'box-a');
  loads = [];
  return bytes;
}

/** Appends a thing of a name that long, and tells the cache. */
function grow(cache: SessionCache, session: StreamSession<unknown>, length: number): Promise<unknown> {
  const before = session.bytes;
  const id = uuidOf(session.stream, session.revision + 1);
  const appended = session.append([event(ThingPut, { thingId: 'x'.repeat(length), weight: 1 })], [id], by);
  cache.grown(session, before);
  return appended;
}

describe('a cache of folded streams', () => {
  it('loads a stream once, for all who ask at once and after', async () => {
    const cache = new SessionCache(log, registry, Infinity);
    const [one, two] = await Promise.all([get(cache, 'box-a'), get(cache, 'box-a')]);
    expect(two).toBe(one);
    expect(await get(cache, 'box-a')).toBe(one);
    expect(cache.peek('box-a')).toBe(one);
    expect(cache.peek('box-b')).toBeUndefined();
    expect(loads).toEqual(['box-a']);
  });

  it('forgets what was used least recently when it takes too many bytes', async () => {
    const cache = new SessionCache(log, registry, 2 * (await bytesOfOne()));
    await get(cache, 'box-a');
    await get(cache, 'box-b');
    cache.peek('box-a');
    await get(cache, 'box-c');
    expect([cache.peek('box-a'), cache.peek('box-b'), cache.peek('box-c')].map((session) => session?.stream)).toEqual([
      'box-a',
      undefined,
      'box-c',
    ]);
  });

  it('keeps what just fits', async () => {
    const cache = new SessionCache(log, registry, 3 * (await bytesOfOne()));
    for (const stream of ['box-a', 'box-b', 'box-c', 'box-a', 'box-b', 'box-c']) await get(cache, stream);
    expect(loads).toEqual(['box-a', 'box-b', 'box-c']);
  });

  it('counts what sessions grow by', async () => {
    const one = await bytesOfOne();
    const cache = new SessionCache(log, registry, 2 * one + 10_000);
    const session = await get(cache, 'box-a');
    await get(cache, 'box-b');
    await grow(cache, session, 100);
    expect(cache.peek('box-b')).toBeDefined();
    await grow(cache, session, 10_000);
    await get(cache, 'box-c');
    expect([cache.peek('box-a'), cache.peek('box-b')?.stream, cache.peek('box-c')?.stream]).toEqual([
      undefined,
      'box-b',
      'box-c',
    ]);
  });

  it('has room again for as much as it has forgotten', async () => {
    const one = await bytesOfOne();
    const cache = new SessionCache(log, registry, 2 * one + 10_000);
    for (let round = 0; round < 20; round++) {
      const session = await get(cache, 'box-a');
      await grow(cache, session, 20_000);
      await get(cache, 'box-b');
      await get(cache, 'box-c');
    }
    expect([cache.peek('box-b'), cache.peek('box-c')].map((session) => session?.stream)).toEqual(['box-b', 'box-c']);
  });

  it('keeps the newest, also where it alone takes too many bytes', async () => {
    const cache = new SessionCache(log, registry, 1);
    const session = await get(cache, 'box-a');
    await grow(cache, session, 50_000);
    expect(await get(cache, 'box-a')).toBe(session);
    await get(cache, 'box-b');
    expect([cache.peek('box-a'), cache.peek('box-b')?.stream]).toEqual([undefined, 'box-b']);
    expect(loads).toEqual(['box-a', 'box-b']);
  });

  it('does not forget a session with appends under way, however large', async () => {
    const cache = new SessionCache(log, registry, await bytesOfOne());
    const session = await get(cache, 'box-a');
    log.hold();
    const appended = grow(cache, session, 50_000);
    await get(cache, 'box-b');
    expect(cache.peek('box-a')).toBe(session);
    log.release();
    await appended;
    await get(cache, 'box-c');
    expect(cache.peek('box-a')).toBeUndefined();
  });

  it('folds a dropped stream anew, and leaves its successor alone', async () => {
    const cache = new SessionCache(log, registry, Infinity);
    const old = await get(cache, 'box-a');
    cache.drop(old);
    expect(old.dead).toBe(true);
    const fresh = await get(cache, 'box-a');
    expect(fresh).not.toBe(old);
    cache.drop(old);
    expect(cache.peek('box-a')).toBe(fresh);
  });

  it('never hands out a session whose append failed, and waits for the rest of it before it loads', async () => {
    const cache = new SessionCache(log, registry, Infinity);
    const old = await get(cache, 'box-a');
    log.hold();
    log.failNext('box-a', new LogUnavailable('The disk is full.'));
    const appends = [grow(cache, old, 1), grow(cache, old, 1)];
    const outcomes = Promise.allSettled(appends);
    log.release(1);
    await expect(appends[0]).rejects.toThrow('The disk is full.');
    expect(cache.peek('box-a')).toBeUndefined();
    loads = [];
    const loading = get(cache, 'box-a');
    for (let turns = 0; turns < 5; turns++) await setImmediate();
    expect(loads).toEqual([]);
    log.release();
    expect((await loading).revision).toBe(0);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('tries again to load what could not be loaded', async () => {
    const cache = new SessionCache(log, registry, Infinity);
    jest.spyOn(log, 'readStream').mockImplementationOnce(() => {
      throw new LogUnavailable('The disk is gone.');
    });
    await expect(get(cache, 'box-a')).rejects.toThrow('The disk is gone.');
    expect((await get(cache, 'box-a')).state).toMatchObject({ label: 'box-a' });
  });
});
