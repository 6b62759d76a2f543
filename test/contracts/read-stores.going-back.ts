import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type EventLog, type FollowOptions } from '#event-sourcing/log/event-log.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { Feed } from '#read-models/following/feed.js';
import { cases, projections as one } from './fixtures/read-store-projections.mjs';
import { happening, opened } from './read-store.events.js';
import { type UsedStores } from './read-stores.using.js';
import { until } from './until.js';

/** Software of one version after the other: what is served meanwhile, and the way back. */
export function goingBackContract(here: UsedStores): void {
  const { start, current, seen, theirs, show, serving, rename, stores, named, asRebuilt, warnings } = here;

  it('serve the old one while newer software builds its own, and both ways there is a way back', async () => {
    await current(await start(1));
    const stood = here.recorder.head;
    await here.running!.close();
    await rename('second');

    const newer = await start(2);
    // The old one, as it was left, whatever is recorded meanwhile.
    expect(await seen(newer)).toEqual(['first', false, stood]);
    expect(newer.status()).toMatchObject({ state: 'building', sequence: stood, failure: null });
    expect(newer.status().behindSince).not.toBeNull();
    expect(await newer.waitFor(stood, 0)).toBe('CURRENT');
    expect(await newer.waitFor(here.recorder.head, 0)).toBe('BEHIND');
    expect(await newer.projections()).toMatchObject([
      { store: named(2), version: 2, serving: false, state: 'building', build: expect.anything() as object },
      { store: named(1), version: 1, serving: true, state: 'kept', sequence: stood, lag: { events: 1 } },
    ]);
    await current(newer);
    expect(await seen(newer)).toEqual(['second', true, here.recorder.head]);
    await rename('third');
    await current(newer);
    expect(await seen(newer)).toEqual(['third', true, here.recorder.head]);
    expect(await stores()).toEqual([named(1), named(2)]);
    await here.running!.close();
    await asRebuilt(named(2), 2);

    const older = await start(1, 100);
    await current(older);
    expect(await seen(older)).toEqual(['third', false, here.recorder.head]);
    await rename('fourth');
    await current(older);
    await here.running!.close();
    await asRebuilt(named(1), 1);

    const again = await start(2, 100);
    await current(again);
    expect(await seen(again)).toEqual(['fourth', true, here.recorder.head]);
    expect(warnings).toEqual([]);
  }, 120_000);

  it('are gone back to by hand and forth again, over restarts too', async () => {
    await current(await start(1));
    const stood = here.recorder.head;
    let readModels = await start(2);
    await current(readModels);
    await expect(readModels.switchOver()).rejects.toThrow(Refusal);

    await readModels.rollBack();
    await rename('second');
    for (const restarted of [false, true]) {
      if (restarted) readModels = await start(2, 100);
      expect(await seen(readModels)).toEqual(['first', false, stood]);
      expect(readModels.status()).toMatchObject({ state: 'paused', sequence: stood, failure: null });
      expect(await readModels.waitFor(here.recorder.head, 1)).toBe('BEHIND');
      await until(async () => (await readModels.projections())[0].sequence === here.recorder.head);
      expect(await readModels.projections()).toMatchObject([
        { store: named(2), serving: false, state: 'live', lag: { events: 0 } },
        { store: named(1), serving: true, state: 'kept', lag: { events: 1 } },
      ]);
    }
    await readModels.switchOver();
    expect(await seen(readModels)).toEqual(['second', true, here.recorder.head]);
    await current(await start(2, 100));
    expect((await here.running!.projections())[0]).toMatchObject({ store: named(2), serving: true });
  }, 120_000);

  it('that were left show what they showed, but only to whom it is open now', async () => {
    await current(await start(1));
    const stood = here.recorder.head;
    // Recorded while nothing ran: it is known before the first answer, while another store is built.
    await here.running!.close();
    here.running = undefined;
    await here.recorder.record(happening(here.caseId, 'ClosedOff'));
    const readModels = await start(2);
    expect(await seen(readModels)).toEqual(['first', false, stood]);
    expect(await show(readModels)).toBe(false);
    await current(readModels);
    // Recorded while it is served: known as soon as the store that is followed knows it, or a moment later.
    await readModels.rollBack();
    expect([await show(readModels), (await seen(readModels))[2]]).toEqual([false, stood]);
    const feed = new Feed(readModels, one.told);
    const following = () => feed.subscribe(theirs, { transport: 'sse', after: 0, subjects: [here.caseId] });
    const tells = async () => {
      const follower = following();
      const [{ event }] = await follower.next();
      follower.close();
      return event !== null;
    };
    // It shares what is read for others that follow in the same way.
    const stays = following();
    await stays.next();
    for (const [type, open] of [['OpenedUp', true] as const, ['ClosedOff', false] as const]) {
      await here.recorder.record(happening(here.caseId, type), opened(randomUUID(), 'not there', 1));
      await until(async () => (await show(readModels)) === open);
      await until(async () => (await tells()) === open);
    }
    await feed.close();
    expect(await show(await start(2, 100))).toBe(false);
    expect(await serving(here.running!)).toBe(named(1));
    await here.recorder.record(happening(here.caseId, 'OpenedUp'));
    // Software that writes it again goes on from where it was left.
    await current(await start(1, 100));
    expect(await show(here.running!)).toBe(true);
    await here.running!.close();
    await asRebuilt(named(1), 1);
  }, 120_000);

  it('are gone back to, and said to be served, once it is current who may see what in them', async () => {
    await current(await start(1));
    let holds = (): Promise<unknown> | undefined => undefined;
    const readModels = await start(
      2,
      0,
      heldBack(here.subject.log, () => holds()),
    );
    await here.recorder.record(happening(here.caseId, 'ClosedOff'));
    await current(readModels);
    let letGo!: () => void;
    const isHeld = new Promise<void>((resolve) => {
      holds = () => {
        resolve();
        return new Promise<void>((go) => (letGo = go));
      };
    });
    let answered = 0;
    const goBack = () => readModels.rollBack().then(() => answered++);
    const goneBack = goBack();
    await isHeld;
    // As a second one asks who sees that it is still the other one.
    const again = goBack();
    try {
      // What it would answer at once is answered before the stores are looked through.
      await readModels.projections();
      expect(answered).toBe(0);
      expect([await serving(readModels), await show(readModels)]).toEqual([named(2), false]);
      expect(readModels.status()).toMatchObject({ state: 'live', sequence: here.recorder.head });
    } finally {
      letGo();
      await Promise.all([goneBack, again]);
    }
    expect([await serving(readModels), await show(readModels)]).toEqual([named(1), false]);
  }, 60_000);

  it('are gone on with where the one before cannot be served, which is refused', async () => {
    await current(await start(1));
    let isAway = false;
    const away = (): Promise<void> => (isAway ? Promise.reject(new Error('It is away.')) : Promise.resolve());
    const readModels = await start(2, 0, heldBack(here.subject.log, away));
    await current(readModels);
    isAway = true;
    await expect(readModels.rollBack()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: `The earlier read store ${named(1)} cannot be served (It is away.); nothing was changed. Remove the cause and ask again.`,
    });
    await rename('second');
    await current(readModels);
    expect(await seen(readModels)).toEqual(['second', true, here.recorder.head]);
    isAway = false;
    await readModels.rollBack();
    expect(await serving(readModels)).toBe(named(1));
    expect(warnings).toEqual([]);
  }, 60_000);

  it('tell whoever waits at once that the one that is followed has failed, while the one before is served', async () => {
    await current(await start(1));
    const readModels = await start(2);
    await current(readModels);
    await readModels.rollBack();
    const waiting = readModels.waitFor(here.recorder.head + 1, 30_000);
    // It fails while there is such a file.
    const failing = { noteId: randomUUID(), file: fileURLToPath(import.meta.url) };
    await here.recorder.record(happening(here.caseId, 'NoteFailed', failing));
    expect(await waiting).toBe('FAILED');
  }, 60_000);

  it('are refused to answers that another store began', async () => {
    await current(await start(1));
    const readModels = await start(2);
    await rename('second');
    await current(readModels);
    const session = readModels.session(EVERYTHING);
    const at = await session.at();
    await readModels.rollBack();
    await expect(session.subject(cases, { id: here.caseId }, at)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }, 60_000);

  it('that newer software cannot read are not served: reads wait for its own', async () => {
    await current(await start(2));
    const newer = await start(3);
    const session = newer.session(EVERYTHING);
    await expect(session.at()).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('being rebuilt from the log') as string,
    });
    await current(newer);
    expect(await seen(newer)).toEqual(['first', true, here.recorder.head]);
    await expect(newer.rollBack()).rejects.toMatchObject({ code: 'NO_OTHER_STORE' });
    expect(await stores()).toEqual([named(2), named(3)]);
  }, 60_000);
}

/** The log, where those who follow a part of it begin later, or not at all. */
const heldBack = (log: EventLog, holds: () => Promise<unknown> | undefined): EventLog =>
  Object.assign(Object.create(log) as EventLog, {
    async *follow(options: FollowOptions) {
      if (options.filter) await holds();
      yield* log.follow(options);
    },
  });
