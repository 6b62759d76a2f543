import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EventLog, type FollowOptions } from '#event-sourcing/log/event-log.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { Feed } from '#read-models/following/feed.js';
import { type ReadModelsOptions } from '#read-models/keeping/kept-read-models.js';
import { type ProjectionStatus, type ReadModels } from '#read-models/read-models.js';
import { type ProjectionGroup } from '#read-models/read-model.js';
import { cases, projections as one, registry } from './fixtures/read-store-projections.mjs';
import { projections as two } from './fixtures/read-store-projections-2.mjs';
import { projections as three } from './fixtures/read-store-projections-3.mjs';
import { happening, noteAdded, opened, Recorder } from './read-store.events.js';

const GROUPS: Record<number, ProjectionGroup> = { 1: one, 2: two, 3: three };

/** Where software of one version puts those of the fixtures. */
const moduleOf = (version: number): URL =>
  new URL(`./fixtures/bundled/read-store-projections${version === 1 ? '' : `-${version}`}.mjs`, import.meta.url);

/** A place for read stores, and a log that begins at `BEGINNING`. */
export interface StoresUnderTest {
  log: EventLog;
  open(options: ReadModelsOptions & { projections: URL }): Promise<ReadModels>;
  /** How the store of a version is called. */
  name(version: number, generation?: number): string;
  /** What whole stores are called that are there, in order. */
  stores(): Promise<string[]>;
  /** Leaves what a process leaves behind that dies while it builds the first store of version 1. */
  leaveHalf(): Promise<void>;
  /** What of it, or of another build, is there. */
  halves(): Promise<string[]>;
  /** In what the store differs from one that is rebuilt from the log; null if it does not. Nothing writes it. */
  differs(store: string, projections: URL): Promise<unknown>;
  destroy(): Promise<void>;
}

/** Software of one version after the other on one place: what every engine promises of it. */
export function readStoresContract(name: string, place: () => Promise<StoresUnderTest>): void {
  describe(`the stores of ${name}`, () => {
    let subject: StoresUnderTest;
    let recorder: Recorder;
    let caseId: string;
    let running: ReadModels | undefined;
    const warnings: string[] = [];

    beforeEach(async () => {
      subject = await place();
      recorder = await Recorder.of(subject.log);
      caseId = randomUUID();
      warnings.length = 0;
      await recorder.record(opened(caseId, 'first'), noteAdded(caseId, randomUUID()));
    });
    afterEach(async () => {
      await running?.close();
      running = undefined;
      await subject.destroy();
    });

    /** Stops what runs and starts software of this version. By default it rebuilds whatever lags at all. */
    const start = async (version: number, rebuildBeyond = 0, log = subject.log): Promise<ReadModels> => {
      await running?.close();
      running = undefined;
      running = await subject.open({
        ...{ log, group: GROUPS[version], registry, projections: moduleOf(version) },
        ...{ rebuildBeyond, readWaitMs: 50 },
        warn: (message) => warnings.push(message),
      });
      return running;
    };
    const current = async (readModels: ReadModels) => {
      expect(await readModels.waitFor(recorder.head, 30_000)).toBe('CURRENT');
      await until(() => readModels.status().state === 'live');
    };
    /** The title of the case, whether it says that it was checked, and where that was read. */
    const seen = async (readModels: ReadModels) => {
      const session = readModels.session(EVERYTHING);
      const at = await session.at();
      const { row } = (await session.subject(cases, { id: caseId }, at))!;
      return [row.title, row.checked ?? false, at.sequence];
    };
    const theirs = {
      subjects: { anybody: true, holders: [], fromGrant: false },
      walls: null,
      marks: null,
      told: null,
      hiddenStreamPrefixes: [],
    };
    /** Whether the case is shown to whom it is open as to anybody. */
    const show = async (readModels: ReadModels) => {
      const session = readModels.session(theirs);
      return (await session.subject(cases, { id: caseId }, await session.at())) !== null;
    };
    const serving = async (readModels: ReadModels) =>
      (await readModels.projections()).find((one) => one.serving)?.store;
    const rename = (title: string) => recorder.record(happening(caseId, 'CaseRenamed', { title }));
    const stores = () => subject.stores();
    const named = (version: number, generation?: number) => subject.name(version, generation);
    const asRebuilt = async (store: string, version: number) =>
      expect(await subject.differs(store, moduleOf(version))).toBeNull();

    it('serve the old one while newer software builds its own, and both ways there is a way back', async () => {
      await current(await start(1));
      const stood = recorder.head;
      await running!.close();
      await rename('second');

      const newer = await start(2);
      // The old one, as it was left, whatever is recorded meanwhile.
      expect(await seen(newer)).toEqual(['first', false, stood]);
      expect(newer.status()).toMatchObject({ state: 'building', sequence: stood, failure: null });
      expect(newer.status().behindSince).not.toBeNull();
      expect(await newer.waitFor(stood, 0)).toBe('CURRENT');
      expect(await newer.waitFor(recorder.head, 0)).toBe('BEHIND');
      expect(await newer.projections()).toMatchObject([
        { store: named(2), version: 2, serving: false, state: 'building', build: expect.anything() as object },
        { store: named(1), version: 1, serving: true, state: 'kept', sequence: stood, lag: { events: 1 } },
      ]);
      await current(newer);
      expect(await seen(newer)).toEqual(['second', true, recorder.head]);
      await rename('third');
      await current(newer);
      expect(await seen(newer)).toEqual(['third', true, recorder.head]);
      expect(await stores()).toEqual([named(1), named(2)]);
      await running!.close();
      await asRebuilt(named(2), 2);

      const older = await start(1, 100);
      await current(older);
      expect(await seen(older)).toEqual(['third', false, recorder.head]);
      await rename('fourth');
      await current(older);
      await running!.close();
      await asRebuilt(named(1), 1);

      const again = await start(2, 100);
      await current(again);
      expect(await seen(again)).toEqual(['fourth', true, recorder.head]);
      expect(warnings).toEqual([]);
    }, 120_000);

    it('are gone back to by hand and forth again, over restarts too', async () => {
      await current(await start(1));
      const stood = recorder.head;
      let readModels = await start(2);
      await current(readModels);
      await expect(readModels.switchOver()).rejects.toThrow(Refusal);

      await readModels.rollBack();
      await rename('second');
      for (const restarted of [false, true]) {
        if (restarted) readModels = await start(2, 100);
        expect(await seen(readModels)).toEqual(['first', false, stood]);
        expect(readModels.status()).toMatchObject({ state: 'paused', sequence: stood, failure: null });
        expect(await readModels.waitFor(recorder.head, 1)).toBe('BEHIND');
        await until(async () => (await readModels.projections())[0].sequence === recorder.head);
        expect(await readModels.projections()).toMatchObject([
          { store: named(2), serving: false, state: 'live', lag: { events: 0 } },
          { store: named(1), serving: true, state: 'kept', lag: { events: 1 } },
        ]);
      }
      await readModels.switchOver();
      expect(await seen(readModels)).toEqual(['second', true, recorder.head]);
      await current(await start(2, 100));
      expect((await running!.projections())[0]).toMatchObject({ store: named(2), serving: true });
    }, 120_000);

    it('that were left show what they showed, but only to whom it is open now', async () => {
      await current(await start(1));
      const stood = recorder.head;
      // Recorded while nothing ran: it is known before the first answer, while another store is built.
      await running!.close();
      running = undefined;
      await recorder.record(happening(caseId, 'ClosedOff'));
      const readModels = await start(2);
      expect(await seen(readModels)).toEqual(['first', false, stood]);
      expect(await show(readModels)).toBe(false);
      await current(readModels);
      // Recorded while it is served: known as soon as the store that is followed knows it, or a moment later.
      await readModels.rollBack();
      expect([await show(readModels), (await seen(readModels))[2]]).toEqual([false, stood]);
      const feed = new Feed(readModels, one.told);
      const following = () => feed.subscribe(theirs, { transport: 'sse', after: 0, subjects: [caseId] });
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
        await recorder.record(happening(caseId, type), opened(randomUUID(), 'not there', 1));
        await until(async () => (await show(readModels)) === open);
        await until(async () => (await tells()) === open);
      }
      await feed.close();
      expect(await show(await start(2, 100))).toBe(false);
      expect(await serving(running!)).toBe(named(1));
      await recorder.record(happening(caseId, 'OpenedUp'));
      // Software that writes it again goes on from where it was left.
      await current(await start(1, 100));
      expect(await show(running!)).toBe(true);
      await running!.close();
      await asRebuilt(named(1), 1);
    }, 120_000);

    it('are gone back to, and said to be served, once it is current who may see what in them', async () => {
      await current(await start(1));
      let holds = (): Promise<unknown> | undefined => undefined;
      const readModels = await start(
        2,
        0,
        heldBack(subject.log, () => holds()),
      );
      await recorder.record(happening(caseId, 'ClosedOff'));
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
        expect(readModels.status()).toMatchObject({ state: 'live', sequence: recorder.head });
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
      const readModels = await start(2, 0, heldBack(subject.log, away));
      await current(readModels);
      isAway = true;
      await expect(readModels.rollBack()).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: `The earlier read store ${named(1)} cannot be served (It is away.); nothing was changed. Remove the cause and ask again.`,
      });
      await rename('second');
      await current(readModels);
      expect(await seen(readModels)).toEqual(['second', true, recorder.head]);
      isAway = false;
      await readModels.rollBack();
      expect(await serving(readModels)).toBe(named(1));
      expect(warnings).toEqual([]);
    }, 60_000);

    it('are refused to answers that another store began', async () => {
      await current(await start(1));
      const readModels = await start(2);
      await rename('second');
      await current(readModels);
      const session = readModels.session(EVERYTHING);
      const at = await session.at();
      await readModels.rollBack();
      await expect(session.subject(cases, { id: caseId }, at)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
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
      expect(await seen(newer)).toEqual(['first', true, recorder.head]);
      await expect(newer.rollBack()).rejects.toMatchObject({ code: 'NO_OTHER_STORE' });
      expect(await stores()).toEqual([named(2), named(3)]);
    }, 60_000);

    it('far behind the log are rebuilt beside themselves, and two are kept', async () => {
      await current(await start(1));
      await running!.close();
      for (const title of ['second', 'third', 'fourth']) await rename(title);
      const readModels = await start(1, 2);
      expect(await seen(readModels)).toEqual(['first', false, recorder.head - 3]);
      await current(readModels);
      expect(await seen(readModels)).toEqual(['fourth', false, recorder.head]);
      expect(await stores()).toEqual([named(1), named(1, 2)].sort());
      await readModels.pause();
      expect(readModels.status().state).toBe('paused');
      for (let n = 0; n < 6; n++) await rename(`title ${n}`);
      // As two who do not know of each other may.
      await Promise.all([readModels.resume(), readModels.resume()]);
      await current(readModels);
      expect(await seen(readModels)).toEqual(['title 5', false, recorder.head]);
      await until(async () => (await stores()).length === 2);
      expect(await stores()).toEqual([named(1, 2), named(1, 3)].sort());
      await readModels.close();
      await asRebuilt(named(1, 3), 1);
    }, 60_000);

    it('before an event that cannot be applied stay two, however often they are rebuilt', async () => {
      await current(await start(1));
      await running!.close();
      const file = join(tmpdir(), randomUUID());
      await writeFile(file, '');
      await recorder.record(happening(caseId, 'NoteFailed', { noteId: randomUUID(), file }));
      for (const title of ['second', 'third', 'fourth']) await rename(title);
      const failed = async (generation: number) => {
        const isThere = ([{ store, state }]: ProjectionStatus[]) =>
          store === named(1, generation) && state === 'failed';
        await until(async () => isThere(await running!.projections()));
        await until(async () => (await stores()).length === 2);
        expect(await seen(running!)).toEqual(['first', false, recorder.head - 4]);
      };
      for (const generation of [2, 3]) {
        await start(1, 2);
        await failed(generation);
      }
      await running!.resume();
      await failed(4);
      await rm(file);
      await current(await start(1, 2));
      expect(await seen(running!)).toEqual(['fourth', false, recorder.head]);
      await running!.close();
      await asRebuilt(named(1, 5), 1);
    }, 60_000);

    it('that were half built when a process died are built anew', async () => {
      await subject.leaveHalf();
      expect(await subject.halves()).not.toEqual([]);
      await current(await start(1));
      expect(await subject.halves()).toEqual([]);
      await running!.close();
      await asRebuilt(named(1), 1);
    }, 60_000);

    it('are built up to what newer software recorded, and stand still there', async () => {
      const before = recorder.head;
      const [newer] = await recorder.record(happening(caseId, 'CaseTeleported'), noteAdded(caseId, randomUUID()));
      const readModels = await start(1);
      expect(await readModels.waitFor(recorder.head, 30_000)).toBe('FAILED');
      expect(readModels.status()).toMatchObject({
        ...{ state: 'paused', sequence: before },
        failure: { eventId: newer.id, code: 'NEWER_SOFTWARE_NEEDED' },
      });
      expect(await seen(readModels)).toEqual(['first', false, before]);
    }, 60_000);
  });
}

/** The log, where those who follow a part of it begin later, or not at all. */
const heldBack = (log: EventLog, holds: () => Promise<unknown> | undefined): EventLog =>
  Object.assign(Object.create(log) as EventLog, {
    async *follow(options: FollowOptions) {
      if (options.filter) await holds();
      yield* log.follow(options);
    },
  });

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  // Not in every turn: the threads that are waited for need the processor.
  while (!(await isSo())) await pause(5);
}
