import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProjectionStatus } from '#read-models/read-models.js';
import { happening, noteAdded } from './read-store.events.js';
import { type UsedStores } from './read-stores.using.js';
import { until } from './until.js';

/** What becomes of stores that are built, and of what was there before. */
export function buildingContract(here: UsedStores): void {
  const { start, current, seen, rename, stores, named, asRebuilt } = here;

  it('far behind the log are rebuilt beside themselves, and two are kept', async () => {
    await current(await start(1));
    await here.running!.close();
    for (const title of ['second', 'third', 'fourth']) await rename(title);
    const readModels = await start(1, 2);
    expect(await seen(readModels)).toEqual(['first', false, here.recorder.head - 3]);
    await current(readModels);
    expect(await seen(readModels)).toEqual(['fourth', false, here.recorder.head]);
    expect(await stores()).toEqual([named(1), named(1, 2)].sort());
    await readModels.pause();
    expect(readModels.status().state).toBe('paused');
    for (let n = 0; n < 6; n++) await rename(`title ${n}`);
    // As two who do not know of each other may.
    await Promise.all([readModels.resume(), readModels.resume()]);
    await current(readModels);
    expect(await seen(readModels)).toEqual(['title 5', false, here.recorder.head]);
    await until(async () => (await stores()).length === 2);
    expect(await stores()).toEqual([named(1, 2), named(1, 3)].sort());
    await readModels.close();
    await asRebuilt(named(1, 3), 1);
  }, 60_000);

  it('before an event that cannot be applied stay two, however often they are rebuilt', async () => {
    await current(await start(1));
    await here.running!.close();
    const file = join(tmpdir(), randomUUID());
    await writeFile(file, '');
    await here.recorder.record(happening(here.caseId, 'NoteFailed', { noteId: randomUUID(), file }));
    for (const title of ['second', 'third', 'fourth']) await rename(title);
    const failed = async (generation: number) => {
      const isThere = ([{ store, state }]: ProjectionStatus[]) => store === named(1, generation) && state === 'failed';
      await until(async () => isThere(await here.running!.projections()));
      await until(async () => (await stores()).length === 2);
      expect(await seen(here.running!)).toEqual(['first', false, here.recorder.head - 4]);
    };
    for (const generation of [2, 3]) {
      await start(1, 2);
      await failed(generation);
    }
    await here.running!.resume();
    await failed(4);
    await rm(file);
    await current(await start(1, 2));
    expect(await seen(here.running!)).toEqual(['fourth', false, here.recorder.head]);
    await here.running!.close();
    await asRebuilt(named(1, 5), 1);
  }, 60_000);

  it('that were half built when a process died are built anew', async () => {
    await here.subject.leaveHalf();
    expect(await here.subject.halves()).not.toEqual([]);
    await current(await start(1));
    expect(await here.subject.halves()).toEqual([]);
    await here.running!.close();
    await asRebuilt(named(1), 1);
  }, 60_000);

  it('are built up to what newer software recorded, and stand still there', async () => {
    const before = here.recorder.head;
    const [newer] = await here.recorder.record(
      happening(here.caseId, 'CaseTeleported'),
      noteAdded(here.caseId, randomUUID()),
    );
    const readModels = await start(1);
    expect(await readModels.waitFor(here.recorder.head, 30_000)).toBe('FAILED');
    expect(readModels.status()).toMatchObject({
      ...{ state: 'paused', sequence: before },
      failure: { eventId: newer.id, code: 'NEWER_SOFTWARE_NEEDED' },
    });
    expect(await seen(readModels)).toEqual(['first', false, before]);
  }, 60_000);
}
