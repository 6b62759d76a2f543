import { setTimeout as pause } from 'node:timers/promises';
import { CheckpointAhead, CheckpointUnknown, LogCannotOpen } from '#event-sourcing/log/errors.js';
import { Connection } from '#event-sourcing/log/eventstoredb/connection.js';
import { type CountedPlace } from '#event-sourcing/log/eventstoredb/counted-place.js';
import { LogPages } from '#event-sourcing/log/eventstoredb/log-pages.js';
import { ServerReads } from '#event-sourcing/log/eventstoredb/server-reads.js';
import { StreamNames } from '#event-sourcing/log/eventstoredb/streams.js';
import { type Checkpoint, START } from '#event-sourcing/log/event-log.js';
import { all, eventOf, eventsOf, idsOf, newStream, placeOf } from '../contracts/event-log.events.js';
import { aDouble } from './a-server.js';
import { type EventStoreDouble } from './double.js';
import { onADouble } from './on-a-double.js';
import { QUICK } from './quick.js';
import { Follow } from './workload.js';

/** Resolves when the double has answered so many more reads. */
async function answered(double: EventStoreDouble, reads: number): Promise<void> {
  const until = double.answeredReads + reads;
  while (double.answeredReads < until) await pause(5);
}

/** How places in a log on a server are counted, and what is done where they are none. */
onADouble((here) => {
  const { open } = here;

  it('that holds what others wrote, links and tombstones counts none of them', async () => {
    const stream = newStream();
    const before = await here.log.head();
    here.double.inject('case', 'NotOurs');
    here.double.inject(`case-${'0'.repeat(8)}`, 'NotOurs');
    here.double.inject(`${here.server.prefix}other-1`, 'NotOurs');
    await here.log.append(stream, [eventOf(stream, 0)], 'none');
    here.double.inject(`${here.server.prefix}${stream}`, '$>');
    here.double.tombstone(`${here.server.prefix}case-gone`);
    expect((await here.log.head()).sequence).toBe(before.sequence + 1);
    const [last] = await all(here.log.readAll({ direction: 'backwards', limit: 1 }));
    expect(last).toMatchObject({ stream, sequence: before.sequence + 1 });
    await expect(all(here.log.readStream('case-gone'))).rejects.toThrow('deletes no stream');
    await expect(here.log.append('case-gone', [eventOf('case-gone', 0)], 'none')).rejects.toThrow('deleted');
    await expect(here.log.append('other-1', [eventOf('other-1', 0)], 'none')).rejects.toBeInstanceOf(TypeError);
  });

  it('counts on from a place that was kept, and from the start where it is another log’s', async () => {
    const events = await all(here.log.readAll());
    const kept = placeOf(events[events.length - 2]);
    const head = await here.log.head();
    for (const countFrom of [kept, { sequence: 7, position: '1/1' }, { sequence: 7, position: '99999999/99999999' }]) {
      const again = await open({ countFrom });
      expect(await again.head()).toEqual(head);
      await again.close();
    }
  });

  it('looks through others’ events once, over starts too, and again where they are not what they were', async () => {
    const noted: CountedPlace[] = [];
    here.double.faults.endCheckpoint = false;
    const options = { prefix: 'scanned:', onCounted: (place: CountedPlace) => noted.push(place) };
    const own = await open(options);
    const stream = newStream();
    await own.append(stream, eventsOf(stream, 0, 2), 'none');
    const head = await own.head();
    for (let n = 0; n < 1_000; n++) here.double.inject(`foreign-${n}`, 'SomethingElse');
    while (noted.at(-1)?.scanned === undefined || noted.at(-1)!.scanned === head.position) await pause(5);
    await own.close();
    const { scanned, ...place } = noted.at(-1)!;
    const begun = async (countFrom: CountedPlace) => {
      const again = await open({ prefix: 'scanned:', countFrom });
      expect(await again.head()).toEqual(head);
      const { subscribedBehind } = here.double;
      await again.close();
      return subscribedBehind;
    };
    expect(place).toMatchObject(head);
    for (const none of ['1/1', '99999999999/99999999999', undefined])
      expect(await begun({ ...place, scanned: none })).toBe(head.position);
    expect(await begun({ ...place, scanned })).toBe(scanned);
  });

  it('refuses checkpoints that are none of this log’s', async () => {
    const { sequence, position } = await here.log.head();
    const follow = (after: { sequence: number; position: string }) => here.log.follow({ after }).next();
    await expect(follow({ sequence: sequence + 1, position })).rejects.toBeInstanceOf(CheckpointAhead);
    await expect(follow({ sequence: 2, position: '1/1' })).rejects.toBeInstanceOf(CheckpointUnknown);
    await expect(follow({ sequence: 2, position: '99999999999/99999999999' })).rejects.toBeInstanceOf(
      CheckpointUnknown,
    );
    await expect(here.log.readEvents([{ sequence: 2, position: '1/1' }])).rejects.toBeInstanceOf(RangeError);
  });

  it('tries again what fails for no known reason, and takes no place for none because of it', async () => {
    const [event] = await all(here.log.readAll({ limit: 1 }));
    here.double.faults.unknownReads = 3;
    await here.log.head();
    // Four: twice at the place, once at none to see whether others are answered, and at the place again.
    for (const failures of [1, 2, 3, 4]) {
      here.double.faults.unknownReads = failures;
      expect(await here.log.readEvents([placeOf(event)])).toEqual([event]);
      expect(here.double.faults.unknownReads).toBe(0);
    }
    here.double.faults.unknownReads = Infinity;
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

  it('is taken for another log also where it forbade to be read before', async () => {
    const itsServer = await aDouble();
    const { double: its, url, prefix } = itsServer;
    const own = await open({ url, prefix });
    const stream = newStream();
    await own.append(stream, eventsOf(stream, 0, 1), 'none');
    await own.head();
    let failure: unknown;
    const fails = async (why: RegExp): Promise<void> => {
      while (!why.test(String(failure))) {
        await pause(5);
        await own.head().catch((error: unknown) => (failure = error));
      }
    };
    its.faults.deniedReads = true;
    await its.restart();
    await fails(/may not be followed/);
    Object.assign(its.faults, { refusedPlace: 'any', unknownPlaces: true, deniedReads: false });
    await fails(/^Error: No event of this log stands/);
    await own.close();
    await itsServer.end();
  });

  it('whose nodes lag behind each other is read to its end, and taken for no other log', async () => {
    const follow = new Follow(here.log);
    const stream = newStream();
    const events = eventsOf(stream, 0, 3);
    await here.log.append(stream, events, 'none');
    await follow.until(events[2].id);
    const [before] = (await all(here.log.readAll({ direction: 'backwards', limit: 4 }))).slice(3);
    here.double.faults.lag = 2;
    // The watch over a silent subscription reads now and then.
    await answered(here.double, 2);
    expect((await here.log.head()).sequence).toBe(before.sequence! + 3);
    const reading = all(here.log.readAll({ after: placeOf(before) }));
    await answered(here.double, 4);
    here.double.faults.lag = 0;
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
});
