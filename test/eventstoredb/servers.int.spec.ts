import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import {
  AppendTooLarge,
  CheckpointAhead,
  CheckpointUnknown,
  LogCannotOpen,
  LogUnavailable,
} from '#event-sourcing/log/errors.js';
import { Connection } from '#event-sourcing/log/eventstoredb/connection.js';
import { type CountedPlace } from '#event-sourcing/log/eventstoredb/counted-place.js';
import { type EventStoreLog, openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { LogPages } from '#event-sourcing/log/eventstoredb/log-pages.js';
import { readPlacesRequest, subscribeRequest } from '#event-sourcing/log/eventstoredb/protocol.js';
import { ServerReads } from '#event-sourcing/log/eventstoredb/server-reads.js';
import { StreamNames } from '#event-sourcing/log/eventstoredb/streams.js';
import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
import { all, eventOf, eventsOf, followed, idsOf, newStream, placeOf } from '../contracts/event-log.events.js';
import { aDouble } from './a-server.js';
import { type EventStoreDouble } from './double.js';
import { WELL_BEHAVED } from './faults.js';
import { Proxy } from './proxy.js';
import { QUICK } from './quick.js';
import { checkNothingLost, Follow, Workload } from './workload.js';

/** Resolves when the double has answered so many more reads. */
async function answered(double: EventStoreDouble, reads: number): Promise<void> {
  const until = double.answeredReads + reads;
  while (double.answeredReads < until) await pause(5);
}

/** What servers were seen to do, each as the double does it: ../../docs/decisions/eventstoredb.md. */
describe('a log on a server', () => {
  let server: Awaited<ReturnType<typeof aDouble>>;
  let double: EventStoreDouble;
  let log: EventStoreLog;
  const open = (options: object = {}) =>
    openEventStoreLog({ ...QUICK, url: server.url, prefix: server.prefix, ...options });
  const idsIn = async (stream: string) => idsOf(await all(log.readStream(stream)));
  beforeAll(async () => {
    server = await aDouble();
    ({ double } = server);
    // Before there is a log: more of others' than a filtered subscription looks through at once.
    for (let n = 0; n < 300; n++) double.inject(`foreign-${n}`, 'SomethingElse');
    log = await open();
  });
  afterEach(() => Object.assign(double.faults, WELL_BEHAVED));
  afterAll(async () => {
    await log.close();
    await server.end();
  });

  it('that tells 2^64-1 as a checkpoint before the first event is followed all the same', async () => {
    const fresh = await open({ prefix: 'fresh:' });
    const follow = new Follow(fresh);
    const stream = newStream();
    const events = eventsOf(stream, 0, 3);
    await fresh.append(stream, events, 'none');
    await follow.until(events[2].id);
    await double.restart();
    const [more] = eventsOf(stream, 3, 1);
    await fresh.append(stream, [more], 2);
    await follow.until(more.id);
    expect(follow.seen.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    await follow.stop();
    await fresh.close();
  });

  it('that drops a repeat which overlaps its original stores it once', async () => {
    const proxy = await Proxy.start(server.url);
    const broken = await open({ url: proxy.url });
    Object.assign(double.faults, { commitMs: 250, repeatTimeoutMs: 400 });
    const stream = newStream();
    const events = eventsOf(stream, 0, 2);
    const appending = broken.append(stream, events, 'none');
    await new Promise((resolve) => setTimeout(resolve, 100));
    // The original is being written when its repeat arrives over another connection.
    proxy.breakOff();
    expect(await appending).toMatchObject({ firstRevision: 0, lastRevision: 1 });
    expect(double.droppedRepeats).toBeGreaterThan(0);
    expect(await idsIn(stream)).toEqual(idsOf(events));
    await broken.close();
    await proxy.stop();
  });

  it.each(['loseAnswers', 'loseAppends'] as const)('that does not answer (%s) is asked again', async (fault) => {
    const stream = newStream();
    double.faults[fault] = 1;
    const events = eventsOf(stream, 0, 2);
    await log.append(stream, events, 'none');
    expect(double.faults[fault]).toBe(0);
    expect(await idsIn(stream)).toEqual(idsOf(events));
  });

  it('that answers late, or twice, ends nothing', async () => {
    const stream = newStream();
    double.faults.answerMs = 1_000;
    const appending = log.append(stream, [eventOf(stream, 0)], 'none');
    await new Promise((resolve) => setTimeout(resolve, 900));
    Object.assign(double.faults, { answerMs: 0, answerTwice: true });
    await appending;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await log.append(stream, [eventOf(stream, 1)], 0);
    expect(await idsIn(stream)).toHaveLength(2);
  });

  it('that forgets ids is not asked again at any revision', async () => {
    const stream = newStream();
    double.faults.loseAnswers = 1;
    const appending = log.append(stream, [eventOf(stream, 0)], 'any');
    await expect(appending).rejects.toMatchObject({ outcomeUnknown: true });
    expect(await idsIn(stream)).toHaveLength(1);
  });

  it('that takes less in one append says how much', async () => {
    const [stream, other] = [newStream(), newStream()];
    double.faults.appendBytes = 1_000;
    const large = log.append(stream, [eventOf(stream, 0, { text: 'x'.repeat(2_000) })], 'none');
    const small = log.append(other, [eventOf(other, 0)], 'none');
    await expect(large).rejects.toBeInstanceOf(AppendTooLarge);
    await expect(large).rejects.toMatchObject({ allowed: 1_000 });
    await small;
  });

  it('that is not ready, and does not lead, is tried again', async () => {
    const stream = newStream();
    Object.assign(double.faults, { notReady: 2, notLeader: 2 });
    await log.append(stream, [eventOf(stream, 0)], 'none');
    double.faults.notReady = 3;
    expect(await idsIn(stream)).toHaveLength(1);
    const impatient = await open({ giveUpAfterMs: 300 });
    double.faults.leader = { host: '127.0.0.1', port: double.port };
    const denied = impatient.append(stream, [eventOf(stream, 1)], 0);
    await expect(denied).rejects.toBeInstanceOf(LogUnavailable);
    await expect(denied).rejects.toMatchObject({ outcomeUnknown: false });
    await impatient.close();
  });

  it('that answers that it is busy is tried again, and nothing else that goes over the same call is', async () => {
    const [stream, other] = [newStream(), newStream()];
    double.faults.notHandled = 3;
    const both = [log.append(stream, [eventOf(stream, 0)], 'none'), log.append(other, [eventOf(other, 0)], 'any')];
    expect(await Promise.all(both)).toMatchObject([{ lastRevision: 0 }, { lastRevision: 0 }]);
    for (const one of [stream, other]) expect(await idsIn(one)).toHaveLength(1);
    const impatient = await open({ giveUpAfterMs: 300 });
    double.faults.notHandled = Infinity;
    const never = impatient.append(stream, [eventOf(stream, 1)], 0);
    await expect(never).rejects.toMatchObject({ outcomeUnknown: false, message: expect.stringContaining('Busy') });
    await impatient.close();
  });

  it('that forbids it is not asked again, and nothing of it is stored', async () => {
    const stream = newStream();
    double.faults.denied = true;
    const denied = log.append(stream, [eventOf(stream, 0)], 'none');
    await expect(denied).rejects.toMatchObject({ outcomeUnknown: false, message: expect.stringContaining('may not') });
  });

  it('whose clock is not ours stores as any other', async () => {
    const stream = newStream();
    double.faults.clockAheadMs = 3_600_000;
    expect(await log.append(stream, [eventOf(stream, 0)], 'none')).toMatchObject({ lastRevision: 0 });
  });

  it('that breaks off a call says of none of several appends on it that nothing was stored', async () => {
    const streams = [newStream(), newStream(), newStream()];
    double.faults.answerMs = 2_000;
    const outcomes = Promise.allSettled(streams.map((stream) => log.append(stream, [eventOf(stream, 0)], 'any')));
    for (const stream of streams) while ((await idsIn(stream)).length === 0);
    Object.assign(double.faults, { answerMs: 0, notLeader: 1 });
    const refused = newStream();
    await log.append(refused, [eventOf(refused, 0)], 'none');
    for (const one of await outcomes) expect(one).toMatchObject({ reason: { outcomeUnknown: true } });
    for (const stream of [...streams, refused]) expect(await idsIn(stream)).toHaveLength(1);
  });

  it('that carries 100 calls on a connection serves any number of readers and followers', async () => {
    const stream = newStream();
    await log.append(stream, eventsOf(stream, 0, 5), 'none');
    const head = await log.head();
    const followers = Array.from({ length: 200 }, () => log.follow({ after: head }));
    await Promise.all(followers.map((follower) => follower.next()));
    // Left in the middle, each of them would occupy the connection.
    for (let n = 0; n < 150; n++) {
      for await (const [event] of log.readStream(stream)) if (event) break;
    }
    const read = await Promise.all(Array.from({ length: 300 }, () => idsIn(stream)));
    expect(read.every((ids) => ids.length === 5)).toBe(true);
    await log.append(stream, [eventOf(stream, 5)], 4);
    const steps = await Promise.all(followers.map((follower) => follower.next()));
    expect(steps.every(({ value }) => Array.isArray(value) && value[0].stream === stream)).toBe(true);
    for (const follower of followers) await follower.return();
  });

  it.each([
    ['is killed', () => double.restart()],
    ['is stopped in order', () => (double.stop(), double.start())],
  ])('that %s and started again has lost nothing, and is followed on', async (_, end) => {
    const follow = new Follow(log);
    const work = new Workload(log, 64);
    for (let round = 0; round < 2; round++) {
      await work.more(100);
      await end();
    }
    await work.more(64);
    await work.stop();
    await checkNothingLost(log, work.acknowledged, follow);
    await follow.stop();
  });

  it('that stands still is watched, and followed on', async () => {
    const follow = new Follow(log);
    const work = new Workload(log, 8);
    await work.more(20);
    double.freeze();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    double.thaw();
    await work.more(20);
    await work.stop();
    await checkNothingLost(log, work.acknowledged, follow);
    await follow.stop();
  });

  it('that has forgotten a subscription is found out by its silence', async () => {
    double.faults.muteSubscriptions = true;
    const mute = open();
    const head = mute.then((one) => one.head());
    await new Promise((resolve) => setTimeout(resolve, 300));
    double.faults.muteSubscriptions = false;
    expect((await head).sequence).toBe((await log.head()).sequence);
    await (await mute).close();
  });

  it('that never says it has caught up, and drops who reads slowly, is followed', async () => {
    Object.assign(double.faults, { caughtUp: false, slowConsumer: 10 });
    const old = await open();
    const stream = newStream();
    const follower = old.follow({ after: await old.head() });
    expect((await follower.next()).value).toHaveProperty('caughtUp');
    const busy = eventsOf(stream, 0, 400);
    await old.append(stream, busy, 'none');
    expect(idsOf(await followed(follower, (seen) => seen.length >= 400))).toEqual(idsOf(busy));
    await old.close();
  });

  it('that holds what others wrote, links and tombstones counts none of them', async () => {
    const stream = newStream();
    const before = await log.head();
    double.inject('case', 'NotOurs');
    double.inject(`case-${'0'.repeat(8)}`, 'NotOurs');
    double.inject(`${server.prefix}other-1`, 'NotOurs');
    await log.append(stream, [eventOf(stream, 0)], 'none');
    double.inject(`${server.prefix}${stream}`, '$>');
    double.tombstone(`${server.prefix}case-gone`);
    expect((await log.head()).sequence).toBe(before.sequence + 1);
    const [last] = await all(log.readAll({ direction: 'backwards', limit: 1 }));
    expect(last).toMatchObject({ stream, sequence: before.sequence + 1 });
    await expect(all(log.readStream('case-gone'))).rejects.toThrow('deletes no stream');
    await expect(log.append('case-gone', [eventOf('case-gone', 0)], 'none')).rejects.toThrow('deleted');
    await expect(log.append('other-1', [eventOf('other-1', 0)], 'none')).rejects.toBeInstanceOf(TypeError);
  });

  it('shared by two installations shows each its own', async () => {
    const two = await open({ prefix: 'two:' });
    const stream = newStream();
    await two.append(stream, eventsOf(stream, 0, 2), 'none');
    expect((await all(two.readAll())).map(({ sequence, stream }) => [sequence, stream])).toEqual([
      [1, 'system-log'],
      [2, stream],
      [3, stream],
    ]);
    expect(await all(log.readStream(stream))).toEqual([]);
    expect(await two.identity()).not.toBe(await log.identity());
    await two.close();
  });

  it('opened by several at once has one identity', async () => {
    const logs = await Promise.all(Array.from({ length: 6 }, () => open({ prefix: 'race:' })));
    const identities = new Set(await Promise.all(logs.map((one) => one.identity())));
    expect(identities.size).toBe(1);
    expect((await logs[0].head()).sequence).toBe(1);
    await Promise.all(logs.map((one) => one.close()));
  });

  it('counts on from a place that was kept, and from the start where it is another log’s', async () => {
    const events = await all(log.readAll());
    const kept = placeOf(events[events.length - 2]);
    const head = await log.head();
    for (const countFrom of [kept, { sequence: 7, position: '1/1' }, { sequence: 7, position: '99999999/99999999' }]) {
      const again = await open({ countFrom });
      expect(await again.head()).toEqual(head);
      await again.close();
    }
  });

  it('looks through others’ events once, over starts too, and again where they are not what they were', async () => {
    const noted: CountedPlace[] = [];
    double.faults.endCheckpoint = false;
    const options = { prefix: 'scanned:', onCounted: (place: CountedPlace) => noted.push(place) };
    const own = await open(options);
    const stream = newStream();
    await own.append(stream, eventsOf(stream, 0, 2), 'none');
    const head = await own.head();
    for (let n = 0; n < 1_000; n++) double.inject(`foreign-${n}`, 'SomethingElse');
    while (noted.at(-1)?.scanned === undefined || noted.at(-1)!.scanned === head.position) await pause(5);
    await own.close();
    const { scanned, ...place } = noted.at(-1)!;
    const begun = async (countFrom: CountedPlace) => {
      const again = await open({ prefix: 'scanned:', countFrom });
      expect(await again.head()).toEqual(head);
      const { subscribedBehind } = double;
      await again.close();
      return subscribedBehind;
    };
    expect(place).toMatchObject(head);
    for (const none of ['1/1', '99999999999/99999999999', undefined])
      expect(await begun({ ...place, scanned: none })).toBe(head.position);
    expect(await begun({ ...place, scanned })).toBe(scanned);
  });

  it('refuses checkpoints that are none of this log’s', async () => {
    const { sequence, position } = await log.head();
    const follow = (after: { sequence: number; position: string }) => log.follow({ after }).next();
    await expect(follow({ sequence: sequence + 1, position })).rejects.toBeInstanceOf(CheckpointAhead);
    await expect(follow({ sequence: 2, position: '1/1' })).rejects.toBeInstanceOf(CheckpointUnknown);
    await expect(follow({ sequence: 2, position: '99999999999/99999999999' })).rejects.toBeInstanceOf(
      CheckpointUnknown,
    );
    await expect(log.readEvents([{ sequence: 2, position: '1/1' }])).rejects.toBeInstanceOf(RangeError);
  });

  it('tries again what fails for no known reason, and takes no place for none because of it', async () => {
    const [event] = await all(log.readAll({ limit: 1 }));
    double.faults.unknownReads = 3;
    await log.head();
    // Four: twice at the place, once at none to see whether others are answered, and at the place again.
    for (const failures of [1, 2, 3, 4]) {
      double.faults.unknownReads = failures;
      expect(await log.readEvents([placeOf(event)])).toEqual([event]);
      expect(double.faults.unknownReads).toBe(0);
    }
    double.faults.unknownReads = Infinity;
    const impatient = open({ giveUpAfterMs: 200 });
    await expect(impatient).rejects.toBeInstanceOf(LogCannotOpen);
  });

  it('goes on behind its last event where a checkpoint is a place no longer, and ends where that is none', async () => {
    const itsServer = await aDouble({ endCheckpoint: false });
    const { double: its, url, prefix } = itsServer;
    const noted: CountedPlace[] = [];
    const own = await open({ url, prefix, giveUpAfterMs: 500, onCounted: (place: CountedPlace) => noted.push(place) });
    const stream = newStream();
    await own.append(stream, eventsOf(stream, 0, 2), 'none');
    const { position } = await own.head();
    // So few that a subscription tells of no place on its way through them: the one that is noted is the last.
    for (let n = 0; n < 100; n++) its.inject(`foreign-${n}`, 'SomethingElse');
    while ([undefined, position].includes(noted.at(-1)?.scanned)) await pause(5);
    its.faults.refusedPlace = noted.at(-1)!.scanned;
    await its.restart();
    while (its.subscribedBehind !== position) await pause(5);
    await own.append(stream, eventsOf(stream, 2, 1), 1);
    expect((await own.head()).sequence).toBe(4);

    Object.assign(its.faults, { refusedPlace: 'any', unknownPlaces: true });
    await its.restart();
    let failure: unknown;
    while (!(failure instanceof CheckpointUnknown)) await own.head().catch((error: unknown) => (failure = error));
    await own.close();
    await itsServer.end();
  });

  it('whose nodes lag behind each other is read to its end, and taken for no other log', async () => {
    const follow = new Follow(log);
    const stream = newStream();
    const events = eventsOf(stream, 0, 3);
    await log.append(stream, events, 'none');
    await follow.until(events[2].id);
    const [before] = (await all(log.readAll({ direction: 'backwards', limit: 4 }))).slice(3);
    double.faults.lag = 2;
    // The watch over a silent subscription reads now and then.
    await answered(double, 2);
    expect((await log.head()).sequence).toBe(before.sequence! + 3);
    const reading = all(log.readAll({ after: placeOf(before) }));
    await answered(double, 4);
    double.faults.lag = 0;
    expect(idsOf(await reading)).toEqual(idsOf(events));
    await follow.stop();
  });

  it('fetches a page again that was fetched before the events came', async () => {
    const one = await aDouble();
    const own = await open({ url: one.url, prefix: 'pages:', watchMs: 60_000 });
    const stream = newStream();
    // With the log's first event as many as the first pages hold, each of which begins with the last of the one before: the
    // fourth is full, so that the one behind it is fetched at once, and holds nothing new.
    const FULL = 64 + 255 + 1023 + 2047;
    const events = eventsOf(stream, 0, FULL);
    for (let n = 0; n < FULL - 1; n += 484) {
      const some = events.slice(n, Math.min(n + 484, FULL - 1));
      await own.append(stream, some, n === 0 ? 'none' : n - 1);
    }
    const connection = new Connection(one.url);
    const pages = new LogPages(new ServerReads(connection, QUICK), new StreamNames('pages:'));
    let place: Checkpoint = START;
    const fetched = answered(one.double, 5);
    for (let page; place.sequence < FULL; place = placeOf(page.at(-1)!)) page = await pages.after(place);
    await fetched;
    await own.append(stream, events.slice(-1), FULL - 2);
    const [last] = await pages.after(place);
    expect(last.id).toBe(events.at(-1)!.id);
    await connection.close();
    await own.close();
    await one.end();
  });

  it('keeps the texts that were hashed, also where another client wrote the same JSON in another form', async () => {
    const stream = newStream();
    const event = eventOf(stream, 0, { b: 1, a: { '10': 'x', '9': [1e21, 'ü'] } });
    await log.append(stream, [event], 'none');
    const [{ data, metadata }] = double.stored(server.prefix + stream);
    expect(data).toBe(event.payload);
    expect(JSON.parse(metadata)).toEqual({ ...JSON.parse(event.metadata), hash: event.hash });
    const copy = newStream();
    const spaced = (text: string) => JSON.stringify(JSON.parse(text), null, 1);
    double.inject(server.prefix + copy, event.type, spaced(data), spaced(metadata));
    const [read] = await all(log.readStream(copy));
    expect([read.payload, read.metadata, read.hash]).toEqual([event.payload, event.metadata, event.hash]);
  });

  it('that takes connections and says nothing is given up in time', async () => {
    const proxy = await Proxy.start(server.url);
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
    double.freeze();
    const reading = other.head();
    reading.catch(() => undefined);
    await other.close();
    double.thaw();
    await expect(reading).rejects.toBeInstanceOf(LogUnavailable);
  });

  it('reached by a wrong address or prefix says so in one sentence', async () => {
    await expect(open({ url: 'esdb://127.0.0.1:1?tls=false', giveUpAfterMs: 100 })).rejects.toThrow(
      /^The event log esdb:\/\/127\.0\.0\.1:1\?tls=false cannot be opened \(.*\): start the server, or correct EVENT_LOG\.$/,
    );
    await expect(open({ url: 'http://localhost' })).rejects.toThrow('is no address of an EventStoreDB server');
    await expect(open({ url: 'esdb://ann:secret@?' })).rejects.toBeInstanceOf(LogCannotOpen);
    await expect(open({ url: 'esdb://ann:secret@?' })).rejects.not.toThrow('secret');
    await expect(open({ prefix: 'with-hyphen' })).rejects.toThrow('EVENT_LOG_PREFIX');
    double.inject('mixed:case-1', 'NotOurs');
    await expect(open({ prefix: 'mixed:' })).rejects.toThrow('another application');
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

  it('is found by discovery', async () => {
    const found = await open({ url: `esdb+discover://127.0.0.1:${double.port}?tls=false&nodePreference=follower` });
    expect(await found.identity()).toBe(await log.identity());
    await found.close();
  });
});
