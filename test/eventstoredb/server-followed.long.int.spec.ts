import { setImmediate as nextTurn } from 'node:timers/promises';
import { LogCannotOpen, LogUnavailable } from '#event-sourcing/log/errors.js';
import { Connection } from '#event-sourcing/log/eventstoredb/connection.js';
import { readPlacesRequest, subscribeRequest } from '#event-sourcing/log/eventstoredb/protocol.js';
import { eventOf, eventsOf, followed, idsOf, newStream } from '../contracts/event-log.events.js';
import { until } from '../contracts/until.js';
import { aDouble } from './a-server.js';
import { onADouble } from './on-a-double.js';
import { Proxy } from './proxy.js';
import { checkNothingLost, Follow, Workload } from './workload.js';

/** A server that goes away, stands still or keeps silent, and who follows the log on it. */
onADouble((here) => {
  const { idsIn, open } = here;

  it('that tells 2^64-1 as a checkpoint before the first event is followed all the same', async () => {
    const fresh = await open({ prefix: 'fresh:' });
    const follow = new Follow(fresh);
    const stream = newStream();
    const events = eventsOf(stream, 0, 3);
    await fresh.append(stream, events, 'none');
    await follow.until(events[2].id);
    await here.double.restart();
    const [more] = eventsOf(stream, 3, 1);
    await fresh.append(stream, [more], 2);
    await follow.until(more.id);
    expect(follow.seen.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    await follow.stop();
    await fresh.close();
  });

  it('that forbids it for a while is followed again when it no longer does', async () => {
    const log = await open();
    const follower = log.follow({ after: await log.head() });
    await follower.next();
    here.double.faults.deniedReads = true;
    await here.double.restart();
    await expect(follower.next()).rejects.toThrow('The event log may not be followed: ');
    await expect(log.head()).rejects.toBeInstanceOf(LogUnavailable);
    here.double.faults.deniedReads = false;
    await until(() => log.isWritable);
    const stream = newStream();
    await log.append(stream, [eventOf(stream, 0)], 'none');
    expect((await log.head()).sequence).toBe((await here.log.head()).sequence);
    await log.close();
  });

  it('that carries 100 calls on a connection serves any number of readers and followers', async () => {
    const stream = newStream();
    await here.log.append(stream, eventsOf(stream, 0, 5), 'none');
    const head = await here.log.head();
    const followers = Array.from({ length: 200 }, () => here.log.follow({ after: head }));
    await Promise.all(followers.map((follower) => follower.next()));
    // Left in the middle, each of them would occupy the connection.
    for (let n = 0; n < 150; n++) {
      for await (const [event] of here.log.readStream(stream)) if (event) break;
    }
    const read = await Promise.all(Array.from({ length: 300 }, () => idsIn(stream)));
    expect(read.every((ids) => ids.length === 5)).toBe(true);
    await here.log.append(stream, [eventOf(stream, 5)], 4);
    const steps = await Promise.all(followers.map((follower) => follower.next()));
    expect(steps.every(({ value }) => Array.isArray(value) && value[0].stream === stream)).toBe(true);
    for (const follower of followers) await follower.return();
  });

  it.each([
    ['is killed', () => here.double.restart()],
    ['is stopped in order', () => (here.double.stop(), here.double.start())],
  ])('that %s and started again has lost nothing, and is followed on', async (_, end) => {
    const follow = new Follow(here.log);
    const work = new Workload(here.log, 64);
    for (let round = 0; round < 2; round++) {
      await work.more(100);
      await end();
    }
    await work.more(64);
    await work.stop();
    await checkNothingLost(here.log, work.acknowledged, follow);
    await follow.stop();
  });

  it('that stands still is watched, and followed on', async () => {
    const follow = new Follow(here.log);
    const work = new Workload(here.log, 8);
    await work.more(20);
    here.double.freeze();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    here.double.thaw();
    await work.more(20);
    await work.stop();
    await checkNothingLost(here.log, work.acknowledged, follow);
    await follow.stop();
  });

  it('that has forgotten a subscription is found out by its silence', async () => {
    here.double.faults.muteSubscriptions = true;
    const mute = open();
    const head = mute.then((one) => one.head());
    await new Promise((resolve) => setTimeout(resolve, 300));
    here.double.faults.muteSubscriptions = false;
    expect((await head).sequence).toBe((await here.log.head()).sequence);
    await (await mute).close();
  });

  it('that never says it has caught up, and drops who reads slowly, is followed', async () => {
    Object.assign(here.double.faults, { caughtUp: false, slowConsumer: 10 });
    const old = await open();
    const stream = newStream();
    const follower = old.follow({ after: await old.head() });
    expect((await follower.next()).value).toHaveProperty('caughtUp');
    const busy = eventsOf(stream, 0, 400);
    await old.append(stream, busy, 'none');
    expect(idsOf(await followed(follower, (seen) => seen.length >= 400))).toEqual(idsOf(busy));
    await old.close();
  });

  it('that takes connections and says nothing is given up in time', async () => {
    const proxy = await Proxy.start(here.server.url);
    const through = await open({ url: proxy.url, giveUpAfterMs: 600 });
    proxy.freeze();
    const since = performance.now();
    await expect(open({ url: proxy.url, giveUpAfterMs: 600 })).rejects.toBeInstanceOf(LogCannotOpen);
    const stream = newStream();
    const append = through.append(stream, [eventOf(stream, 0)], 'none');
    await expect(append).rejects.toMatchObject({ outcomeUnknown: true });
    await expect(through.append(stream, [eventOf(stream, 0)], 'none')).rejects.toBeInstanceOf(LogUnavailable);
    await through.close();
    expect(performance.now() - since).toBeLessThan(10_000);
    await proxy.stop();
  });

  it('closes in time though a read stands still', async () => {
    const other = await open();
    here.double.freeze();
    const reading = other.head();
    reading.catch(() => undefined);
    await other.close();
    here.double.thaw();
    await expect(reading).rejects.toBeInstanceOf(LogUnavailable);
  });

  it('that stops in order and cannot be found again is no end of this process', async () => {
    const one = await aDouble();
    const connection = new Connection(`${one.url.replace('esdb:', 'esdb+discover:')}&discoveryInterval=50`);
    const unhandled: unknown[] = [];
    const note = (error: unknown) => void unhandled.push(error);
    process.on('unhandledRejection', note);
    const appends = await connection.appends();
    const broken = new Promise((resolve) => appends.on('error', resolve));
    const subscription = await connection.read(subscribeRequest([''], undefined), 0);
    // Its confirmation.
    await subscription.take();
    const taking = (async () => {
      while (await subscription.take());
    })();
    one.double.drain();
    await expect(taking).rejects.toThrow('cancelled');
    const reading = connection.read(readPlacesRequest(undefined, 1), 0);
    one.double.kill();
    await broken;
    await expect(reading).rejects.toThrow('Failed to discover');
    await nextTurn();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    await connection.close();
    await one.end();
  });
});
