import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type EventStoreLog, openEventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { all, eventOf, eventsOf, followed, idsOf, newStream } from '../contracts/event-log.events.js';
import { aServer, type AServer } from './a-server.js';
import { Proxy } from './proxy.js';
import { QUICK } from './quick.js';
import { checkNothingLost, Follow, Workload } from './workload.js';

/** Faults of the connection, in front of whatever server there is. */
describe('a log whose connection', () => {
  let server: AServer;
  let proxy: Proxy;
  let log: EventStoreLog;
  beforeAll(async () => {
    server = await aServer();
    proxy = await Proxy.start(server.url);
    log = await openEventStoreLog({ ...QUICK, url: proxy.url, prefix: server.prefix });
  });
  afterAll(async () => {
    await log.close();
    await proxy.stop();
    await server.end();
  });

  it('breaks off again and again loses, repeats and reorders nothing', async () => {
    const follow = new Follow(log);
    const work = new Workload(log, 16);
    for (let round = 0; round < 3; round++) {
      await work.more(50);
      proxy.breakOff();
    }
    await work.more(50);
    await work.stop();
    await checkNothingLost(log, work.acknowledged, follow);
    await follow.stop();
  });

  it('is refused for a while goes on by itself', async () => {
    const follow = new Follow(log);
    const work = new Workload(log, 4);
    await work.more(10);
    await proxy.stop();
    setTimeout(() => void proxy.listen(), 300);
    await work.more(10);
    await work.stop();
    await checkNothingLost(log, work.acknowledged, follow);
    await follow.stop();
  });

  it('loses answers finds out what was stored', async () => {
    const stream = newStream();
    await log.append(stream, [eventOf(stream, 0)], 'none');
    proxy.loseAnswers();
    const appending = log.append(stream, eventsOf(stream, 1, 2), 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    proxy.pass();
    expect(await appending).toMatchObject({ firstRevision: 1, lastRevision: 2 });
    expect(await all(log.readStream(stream))).toHaveLength(3);
  });

  it('stands still resumes where it stood', async () => {
    const follow = new Follow(log);
    const work = new Workload(log, 4);
    await work.more(10);
    proxy.freeze();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    proxy.pass();
    await work.more(10);
    await work.stop();
    await checkNothingLost(log, work.acknowledged, follow);
    await follow.stop();
  });

  it('is gone says so in time, and whether anything was stored', async () => {
    const impatient = await openEventStoreLog({ ...QUICK, giveUpAfterMs: 500, url: proxy.url, prefix: server.prefix });
    const [one, two] = [newStream(), newStream()];
    proxy.loseAnswers();
    const lost = impatient.append(one, [eventOf(one, 0)], 'none');
    await expect(lost).rejects.toBeInstanceOf(LogUnavailable);
    await expect(lost).rejects.toMatchObject({ outcomeUnknown: true });
    await proxy.stop();
    proxy.pass();
    // The first call finds the connection broken; from then on nothing is even sent.
    await impatient.append(two, [eventOf(two, 0)], 'none').catch(() => undefined);
    const refused = impatient.append(two, [eventOf(two, 0)], 'none');
    await expect(refused).rejects.toMatchObject({ outcomeUnknown: false });
    await expect(all(impatient.readStream(one))).rejects.toBeInstanceOf(LogUnavailable);
    await expect(impatient.head()).rejects.toBeInstanceOf(LogUnavailable);
    await proxy.listen();
    expect(await all(impatient.readStream(one))).toHaveLength(1);
    await impatient.close();
  });

  it('is not held up by a follower that does not read', async () => {
    const slow = log.follow({ after: await log.head() });
    await slow.next();
    const stream = newStream();
    for (let first = 0; first < 6_000; first += 500) {
      await log.append(stream, eventsOf(stream, first, 500), first === 0 ? 'none' : first - 1);
    }
    const events = await followed(slow, (seen) => seen.length >= 6_000);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n));
    expect(idsOf(events)).toHaveLength(6_000);
  });
});
