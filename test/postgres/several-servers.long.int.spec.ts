import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type FollowOptions } from '#event-sourcing/log/event-log.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { type SharedReadModels } from '#read-models/postgres/shared-read-models.js';
import { cases, projections as group } from '../contracts/fixtures/read-store-projections.mjs';
import { happening, opened, Recorder } from '../contracts/read-store.events.js';
import { PATIENCE } from '../contracts/read-store.using.js';
import { until } from '../contracts/until.js';
import { run } from './a-postgres.js';
import { inADatabase } from './in-a-database.js';

/** Read models that several servers share: what the others do while one of them writes. */
await inADatabase((here) => {
  const { current, open, somebody, warnings } = here;

  describe('that several servers share', () => {
    const seen = async (readModels: SharedReadModels, id: string) => {
      const session = readModels.session(EVERYTHING);
      return (await session.subject(cases, { id }, await session.at()))?.row.title;
    };

    it('are written by the first; the others wait for what it has written, and show it', async () => {
      here.running = await open();
      here.other = await open();
      expect([here.running.isActive, here.other.isActive]).toEqual([true, false]);
      for (let n = 0; n < 20; n++) {
        const id = randomUUID();
        await here.recorder.record(opened(id, `case ${n}`));
        expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
        expect(await seen(here.other, id)).toBe(`case ${n}`);
      }
      await here.running.pause();
      await until(() => here.other!.status().state === 'paused');
      await somebody();
      expect(await here.other.waitFor(here.recorder.head, 50)).toBe('BEHIND');
      await here.running.resume();
      expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
      expect(await here.other.projections()).toMatchObject([
        { store: 'caseledger_read_1', serving: true, state: 'live' },
      ]);
      // The other one does as it is told, and is refused what cannot be.
      await here.other.pause();
      expect([here.running.status().state, here.other.status().state]).toEqual(['paused', 'paused']);
      await expect(here.other.rollBack()).rejects.toMatchObject({ code: 'NO_OTHER_STORE' });
      await here.other.resume();
      await until(() => here.running!.status().state === 'live');
      expect(warnings).toEqual([]);
    });

    it('are steered by nobody while nobody writes them: nothing is done later either', async () => {
      here.running = await open();
      await current();
      here.other = await open(here.url, here.log, { writes: false });
      await until(() => here.other!.status().state === 'live');
      await here.running.close();
      here.running = undefined;
      await expect(here.other.pause()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      here.running = await open();
      await somebody();
      await current();
      expect(here.running.status().state).toBe('live');
      expect(await run(here.url, 'SELECT 1 FROM caseledger.steering')).toEqual([]);
    });

    it('go on, whatever else is notified in the database', async () => {
      here.running = await open();
      here.other = await open();
      for (const payload of ["''", "'none of ours'", "'null'", "'5'", `'{"by":"me"}'`])
        await run(here.url, `NOTIFY caseledger_read_models, ${payload}`);
      const id = randomUUID();
      await here.recorder.record(opened(id, 'after it'));
      expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
      expect(await seen(here.other, id)).toBe('after it');
    });

    it('are read on while a fresh one takes over, and by software that can read them only', async () => {
      const id = randomUUID();
      here.running = await open();
      await here.recorder.record(opened(id, 'read on'));
      here.other = await open(here.url, here.log, { writes: false });
      const newer = await open(here.url, here.log, { writes: false, group: { ...group, version: 2 } });
      try {
        await until(() => newer.status().state === 'paused');
        const read = newer.session(EVERYTHING).at();
        await expect(read).rejects.toMatchObject({
          code: 'UNAVAILABLE',
          message: expect.stringContaining('version 1'),
        });
        expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
        await here.running.close();
        let [isTaken, titles] = [false, new Set<unknown>()];
        const taking = open().then((taken) => {
          here.running = taken;
          isTaken = true;
        });
        while (!isTaken) titles = titles.add(await seen(here.other, id));
        await taking;
        await somebody();
        expect(await here.other.waitFor(here.recorder.head, PATIENCE)).toBe('CURRENT');
        expect([...titles, await seen(here.other, id)]).toEqual(['read on', 'read on']);
        expect([here.running.isActive, here.other.isActive, newer.isActive]).toEqual([true, false, false]);
      } finally {
        await newer.close();
      }
    });

    it('that are rebuilt stay closed to those it was taken from while another takes over', async () => {
      const small = await openSqliteLog({ folder: await mkdtemp(join(here.folder, 'small-')) });
      const theirs = { ...EVERYTHING, subjects: { anybody: true, holders: [], fromGrant: false } };
      const id = randomUUID();
      const title = async (filter: AccessFilter) => {
        const session = here.other!.session(filter);
        return (await session.subject(cases, { id }, await session.at()))?.row.title;
      };
      let letGo = (): void => undefined;
      try {
        const some = await Recorder.of(small);
        await some.record(opened(id, 'taken back'));
        here.running = await open(here.url, small);
        expect(await here.running.waitFor(some.head, PATIENCE)).toBe('CURRENT');
        await here.running.close();
        await some.record(happening(id, 'ClosedOff'));
        // Its own store is far behind, and is served as it was left.
        here.running = await open(here.url, small, { rebuildBeyond: 0 });
        await here.running.pause();
        here.other = await open(here.url, small, { writes: false });
        await until(() => here.other!.status().state === 'paused');
        expect([await title(EVERYTHING), await title(theirs)]).toEqual(['taken back', undefined]);
        await here.running.close();
        const isHeld = new Promise<void>((resolve) => {
          const held = Object.assign(Object.create(small) as typeof small, {
            async *follow(options: FollowOptions) {
              resolve();
              await new Promise<void>((go) => (letGo = go));
              yield* small.follow(options);
            },
          });
          void open(here.url, held, { rebuildBeyond: 0 }).then((taken) => (here.running = taken));
        });
        await isHeld;
        expect([await title(EVERYTHING), await title(theirs)]).toEqual(['taken back', undefined]);
        letGo();
        await until(() => here.running!.status().state === 'live');
      } finally {
        letGo();
        await here.other?.close();
        await here.running?.close();
        [here.running, here.other] = [undefined, undefined];
        await small.close();
      }
    });
  });
});
