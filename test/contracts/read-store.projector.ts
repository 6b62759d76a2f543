import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { happening, noteAdded, opened, Recorder } from './read-store.events.js';
import { PATIENCE, using } from './read-store.using.js';

/** Waiting for what was recorded; pausing, failing, going on. */
export function projectorContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('the projector', () => {
    const used = using(open);

    it('lets whoever recorded something read it', async () => {
      const { recorder, readModels } = used();
      for (let n = 0; n < 50; n++) {
        const id = randomUUID();
        const [{ sequence }] = await recorder.record(opened(id, `case ${n}`));
        expect(await readModels.waitFor(sequence, PATIENCE)).toBe('CURRENT');
        expect(readModels.checkpoint).toBeGreaterThanOrEqual(sequence);
        const session = readModels.session(EVERYTHING);
        expect((await session.subject(cases, { id }, await session.at()))!.row.title).toBe(`case ${n}`);
      }
      expect(readModels.status()).toMatchObject({ state: 'live', behindSince: null, failure: null });
    });

    it('answers many who wait for different events', async () => {
      const { recorder, readModels } = used();
      const waits = Array.from({ length: 40 }, (_, n) => readModels.waitFor(recorder.head + 1 + n, PATIENCE));
      await recorder.record(...Array.from({ length: 40 }, () => opened(randomUUID())));
      expect(new Set(await Promise.all(waits))).toEqual(new Set(['CURRENT']));
    });

    it('says so when the time is up', async () => {
      const { recorder, readModels } = used();
      expect(await readModels.waitFor(recorder.head + 1, 1)).toBe('BEHIND');
    });

    it('stands still while it is paused, and then goes on', async () => {
      const { recorder, readModels } = used();
      await used().current();
      const stands = recorder.head;
      await readModels.pause();
      expect(readModels.status().state).toBe('paused');
      const id = randomUUID();
      await recorder.record(opened(id));
      expect(await readModels.waitFor(recorder.head, 50)).toBe('BEHIND');
      expect(readModels.status()).toMatchObject({ state: 'paused', sequence: stands, failure: null });
      expect(Date.parse(readModels.status().behindSince!)).toBeLessThanOrEqual(Date.now());
      const session = readModels.session(EVERYTHING);
      expect(await session.at()).toMatchObject({ sequence: stands });
      await expect(session.at({ sequence: recorder.head })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(session.at({ eventId: recorder.events.at(-1)!.id })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await expect(session.at({ time: new Date().toISOString() })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      // A past moment that is asked for is waited for.
      const waiting = session.at({ sequence: recorder.head });
      void readModels.resume();
      expect(await waiting).toMatchObject({ sequence: recorder.head });
      await until(() => readModels.status().state === 'live');
      expect(readModels.status().behindSince).toBeNull();
    });

    it('stops before an event that it cannot apply, says which, and goes on from there', async () => {
      const { recorder, readModels, warnings } = used();
      const file = join(tmpdir(), `caseledger-${randomUUID()}`);
      await writeFile(file, '');
      const [id, noteId] = [randomUUID(), randomUUID()];
      const [before, failing, after] = await recorder.record(
        opened(id),
        happening(id, 'NoteFailed', { noteId, file }),
        noteAdded(id, randomUUID()),
      );
      expect(await readModels.waitFor(before.sequence, PATIENCE)).toBe('CURRENT');
      expect(await readModels.waitFor(after.sequence, PATIENCE)).toBe('FAILED');
      const failed = {
        state: 'failed',
        sequence: before.sequence,
        failure: { eventId: failing.id, sequence: failing.sequence, code: null },
      };
      expect(readModels.status()).toMatchObject(failed);
      expect(readModels.status().failure!.message).toBe(`NoteFailed ${failing.id}: as told`);
      expect(readModels.status().behindSince).not.toBeNull();
      expect(warnings.at(-1)).toContain(`NoteFailed ${failing.id}: as told`);
      // Writes go on, and so do reads of what is there.
      await recorder.record(noteAdded(id, randomUUID()));
      const session = readModels.session(EVERYTHING);
      const at = await session.at();
      expect(at.sequence).toBe(before.sequence);
      expect((await session.subject(cases, { id }, at))!.row.revision).toBe(0);

      void readModels.retry();
      await until(() => readModels.status().state === 'failed' && warnings.length > 1);
      expect(readModels.status()).toMatchObject(failed);
      await rm(file);
      void readModels.retry();
      await until(() => readModels.checkpoint === recorder.head);
      expect(readModels.status()).toMatchObject({ state: 'live', failure: null, behindSince: null });
      const later = readModels.session(EVERYTHING);
      expect((await later.record(notes, noteId, await later.at()))!.row).toMatchObject({ text: 'late', revision: 1 });
    });

    it('counts clocks that are behind the log by more than a minute, and says so once', async () => {
      const { recorder, readModels, warnings } = used();
      const id = randomUUID();
      const told = () => warnings.filter((warning) => warning.includes('behind the log')).length;
      recorder.wait(-60_000);
      await recorder.record(opened(id));
      await used().current();
      expect([readModels.status().clockBehind, told()]).toEqual([0, 0]);
      recorder.wait(-10_000);
      await recorder.record(noteAdded(id, randomUUID()), noteAdded(id, randomUUID()));
      await used().current();
      recorder.wait(3_600_000);
      expect([readModels.status().clockBehind, told()]).toEqual([2, 1]);
    });

    it('waits before an event that only newer software knows', async () => {
      const { recorder, readModels } = used();
      const id = randomUUID();
      const [before, newer] = await recorder.record(opened(id), happening(id, 'CaseTeleported'), noteAdded(id, id));
      expect(await readModels.waitFor(newer.sequence, PATIENCE)).toBe('FAILED');
      expect(readModels.status()).toMatchObject({
        state: 'paused',
        sequence: before.sequence,
        failure: { eventId: newer.id, sequence: newer.sequence, code: 'NEWER_SOFTWARE_NEEDED' },
      });
    });
  });

  describe('a projector whose rows do not fit', () => {
    it.each([
      ['a record that is there already', (id: string) => [noteAdded(id, id), noteAdded(id, id)]],
      ['a change of none', (id: string) => [happening(id, 'NoteAmended', { noteId: randomUUID(), text: '' })]],
      [
        'a record of another subject',
        (id: string) => {
          const [other, noteId] = [randomUUID(), randomUUID()];
          return [opened(other), noteAdded(other, noteId), happening(id, 'NoteAmended', { noteId, text: '' })];
        },
      ],
      [
        'a record outside of all subjects',
        (id: string) => [{ ...noteAdded(id, randomUUID()), stream: `access-${id}` }],
      ],
    ])('stops at %s', async (_, happenings) => {
      const subject = await open();
      try {
        const recorder = await Recorder.of(subject.log);
        const id = randomUUID();
        const events = await recorder.record(opened(id), ...happenings(id));
        expect(await subject.readModels.waitFor(recorder.head, PATIENCE)).toBe('FAILED');
        expect(subject.readModels.status().failure).toMatchObject({ eventId: events.at(-1)!.id });
        expect(subject.readModels.checkpoint).toBe(recorder.head - 1);
      } finally {
        await subject.destroy();
      }
    });
  });
}

/** Resolves as soon as it is so; jest's own time limit ends the wait. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}
