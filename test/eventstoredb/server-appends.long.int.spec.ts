import { AppendTooLarge, LogUnavailable } from '#event-sourcing/log/errors.js';
import { until } from '../crash/until.js';
import { eventOf, eventsOf, idsOf, newStream } from '../contracts/event-log.events.js';
import { onADouble } from './on-a-double.js';
import { Proxy } from './proxy.js';

/** What becomes of appends to a server that does not answer, is busy or refuses them. */
onADouble((here) => {
  const { idsIn, open } = here;

  it('that drops a repeat which overlaps its original stores it once', async () => {
    const proxy = await Proxy.start(here.server.url);
    const broken = await open({ url: proxy.url });
    const { double } = here;
    let commit!: () => void;
    const commitAfter = new Promise<void>((resolve) => (commit = resolve));
    Object.assign(double.faults, { commitAfter, repeatTimeoutMs: 400 });
    const stream = newStream();
    const events = eventsOf(stream, 0, 2);
    const appending = broken.append(stream, events, 'none');
    await until('it is being written', () => double.isWriting || undefined);
    // The original is still being written when its repeat arrives over another connection.
    proxy.breakOff();
    await until('its repeat is dropped', () => double.droppedRepeats > 0 || undefined);
    commit();
    expect(await appending).toMatchObject({ firstRevision: 0, lastRevision: 1 });
    expect(await idsIn(stream)).toEqual(idsOf(events));
    await broken.close();
    await proxy.stop();
  });

  it.each(['loseAnswers', 'loseAppends'] as const)('that does not answer (%s) is asked again', async (fault) => {
    const stream = newStream();
    here.double.faults[fault] = 1;
    const events = eventsOf(stream, 0, 2);
    await here.log.append(stream, events, 'none');
    expect(here.double.faults[fault]).toBe(0);
    expect(await idsIn(stream)).toEqual(idsOf(events));
  });

  it('that answers late, or twice, ends nothing', async () => {
    const stream = newStream();
    here.double.faults.answerMs = 1_000;
    const appending = here.log.append(stream, [eventOf(stream, 0)], 'none');
    await new Promise((resolve) => setTimeout(resolve, 900));
    Object.assign(here.double.faults, { answerMs: 0, answerTwice: true });
    await appending;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await here.log.append(stream, [eventOf(stream, 1)], 0);
    expect(await idsIn(stream)).toHaveLength(2);
  });

  it('that forgets ids is not asked again at any revision', async () => {
    const stream = newStream();
    here.double.faults.loseAnswers = 1;
    const appending = here.log.append(stream, [eventOf(stream, 0)], 'any');
    await expect(appending).rejects.toMatchObject({ outcomeUnknown: true });
    expect(await idsIn(stream)).toHaveLength(1);
  });

  it('that takes less in one append says how much', async () => {
    const [stream, other] = [newStream(), newStream()];
    here.double.faults.appendBytes = 1_000;
    const large = here.log.append(stream, [eventOf(stream, 0, { text: 'x'.repeat(2_000) })], 'none');
    const small = here.log.append(other, [eventOf(other, 0)], 'none');
    await expect(large).rejects.toBeInstanceOf(AppendTooLarge);
    await expect(large).rejects.toMatchObject({ allowed: 1_000 });
    await small;
  });

  it('that is not ready, and does not lead, is tried again', async () => {
    const stream = newStream();
    Object.assign(here.double.faults, { notReady: 2, notLeader: 2 });
    await here.log.append(stream, [eventOf(stream, 0)], 'none');
    here.double.faults.notReady = 3;
    expect(await idsIn(stream)).toHaveLength(1);
    const impatient = await open({ giveUpAfterMs: 300 });
    here.double.faults.leader = { host: '127.0.0.1', port: here.double.port };
    const denied = impatient.append(stream, [eventOf(stream, 1)], 0);
    await expect(denied).rejects.toBeInstanceOf(LogUnavailable);
    await expect(denied).rejects.toMatchObject({ outcomeUnknown: false });
    await impatient.close();
  });

  it('that answers that it is busy is tried again, and nothing else that goes over the same call is', async () => {
    const [stream, other] = [newStream(), newStream()];
    here.double.faults.notHandled = 3;
    const both = [
      here.log.append(stream, [eventOf(stream, 0)], 'none'),
      here.log.append(other, [eventOf(other, 0)], 'any'),
    ];
    expect(await Promise.all(both)).toMatchObject([{ lastRevision: 0 }, { lastRevision: 0 }]);
    for (const one of [stream, other]) expect(await idsIn(one)).toHaveLength(1);
    const impatient = await open({ giveUpAfterMs: 300 });
    here.double.faults.notHandled = Infinity;
    const never = impatient.append(stream, [eventOf(stream, 1)], 0);
    await expect(never).rejects.toMatchObject({ outcomeUnknown: false, message: expect.stringContaining('Busy') });
    await impatient.close();
  });

  it('that forbids it is not asked again, and nothing of it is stored', async () => {
    const stream = newStream();
    here.double.faults.denied = true;
    const denied = here.log.append(stream, [eventOf(stream, 0)], 'none');
    await expect(denied).rejects.toMatchObject({ outcomeUnknown: false, message: expect.stringContaining('may not') });
  });

  it('whose clock is not ours stores as any other', async () => {
    const stream = newStream();
    here.double.faults.clockAheadMs = 3_600_000;
    expect(await here.log.append(stream, [eventOf(stream, 0)], 'none')).toMatchObject({ lastRevision: 0 });
  });

  it('that breaks off a call says of none of several appends on it that nothing was stored', async () => {
    const streams = [newStream(), newStream(), newStream()];
    here.double.faults.answerMs = 2_000;
    const outcomes = Promise.allSettled(streams.map((stream) => here.log.append(stream, [eventOf(stream, 0)], 'any')));
    for (const stream of streams) while ((await idsIn(stream)).length === 0);
    Object.assign(here.double.faults, { answerMs: 0, notLeader: 1 });
    const refused = newStream();
    await here.log.append(refused, [eventOf(refused, 0)], 'none');
    for (const one of await outcomes) expect(one).toMatchObject({ reason: { outcomeUnknown: true } });
    for (const stream of [...streams, refused]) expect(await idsIn(stream)).toHaveLength(1);
  });
});
