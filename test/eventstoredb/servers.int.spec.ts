import { LogCannotOpen } from '#event-sourcing/log/errors.js';
import { all, eventOf, eventsOf, newStream } from '../contracts/event-log.events.js';
import { onADouble } from './on-a-double.js';

/** A log on a server by itself and among others: its identity, its texts and its address. */
onADouble((here) => {
  const { open } = here;

  it('shared by two installations shows each its own', async () => {
    const two = await open({ prefix: 'two:' });
    const stream = newStream();
    await two.append(stream, eventsOf(stream, 0, 2), 'none');
    expect((await all(two.readAll())).map(({ sequence, stream }) => [sequence, stream])).toEqual([
      [1, 'system-log'],
      [2, stream],
      [3, stream],
    ]);
    expect(await all(here.log.readStream(stream))).toEqual([]);
    expect(await two.identity()).not.toBe(await here.log.identity());
    await two.close();
  });

  it('opened by several at once has one identity', async () => {
    const logs = await Promise.all(Array.from({ length: 6 }, () => open({ prefix: 'race:' })));
    const identities = new Set(await Promise.all(logs.map((one) => one.identity())));
    expect(identities.size).toBe(1);
    expect((await logs[0].head()).sequence).toBe(1);
    await Promise.all(logs.map((one) => one.close()));
  });

  it('keeps the texts that were hashed, also where another client wrote the same JSON in another form', async () => {
    const stream = newStream();
    const event = eventOf(stream, 0, { b: 1, a: { '10': 'x', '9': [1e21, 'ü'] } });
    await here.log.append(stream, [event], 'none');
    const [{ data, metadata }] = here.double.stored(here.server.prefix + stream);
    expect(data).toBe(event.payload);
    expect(JSON.parse(metadata)).toEqual({ ...JSON.parse(event.metadata), hash: event.hash });
    const copy = newStream();
    const spaced = (text: string) => JSON.stringify(JSON.parse(text), null, 1);
    here.double.inject(here.server.prefix + copy, event.type, spaced(data), spaced(metadata));
    const [read] = await all(here.log.readStream(copy));
    expect([read.payload, read.metadata, read.hash]).toEqual([event.payload, event.metadata, event.hash]);
  });

  it('reached by a wrong address or prefix says so in one sentence', async () => {
    await expect(open({ url: 'esdb://127.0.0.1:1?tls=false', giveUpAfterMs: 100 })).rejects.toThrow(
      /^The event log esdb:\/\/127\.0\.0\.1:1\?tls=false cannot be opened \(.*\): start the server, or correct EVENT_LOG\.$/,
    );
    await expect(open({ url: 'http://localhost' })).rejects.toThrow('is no address of an EventStoreDB server');
    await expect(open({ url: 'esdb://ann:secret@?' })).rejects.toBeInstanceOf(LogCannotOpen);
    await expect(open({ url: 'esdb://ann:secret@?' })).rejects.not.toThrow('secret');
    await expect(open({ prefix: 'with-hyphen' })).rejects.toThrow('EVENT_LOG_PREFIX');
    here.double.inject('mixed:case-1', 'NotOurs');
    await expect(open({ prefix: 'mixed:' })).rejects.toThrow('another application');
  });

  it('is found by discovery', async () => {
    const found = await open({
      url: `esdb+discover://127.0.0.1:${here.double.port}?tls=false&nodePreference=follower`,
    });
    expect(await found.identity()).toBe(await here.log.identity());
    await found.close();
  });
});
