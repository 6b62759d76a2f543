import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type AsOf, type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { BEGINNING, type Happened, happening, noteAdded, opened, randomHistory } from './read-store.events.js';
import { using } from './read-store.using.js';
import { byLastChange, type CaseStanding, plain, worldAt } from './read-store.world.js';

const ALL = { first: 1_000 };

/** Everything a session shows at a point, next to what the world was then. */
async function expectWorld(session: ReadSession, at: ReadPoint, world: Map<string, CaseStanding>): Promise<void> {
  const expected = byLastChange(world.values());
  const { rows, hasNext } = await session.subjects(cases, ALL, at);
  expect(rows.map(({ row }) => row)).toEqual(expected.map(({ row }) => plain(row)));
  expect(hasNext).toBe(false);
  const pages = await Promise.all(rows.map(({ key }) => session.records(notes, key, ALL, at)));
  expect(pages.map((page) => page.rows.map(({ row }) => row))).toEqual(
    expected.map((standing) => byLastChange(standing.notes.values()).map(({ row }) => plain(row))),
  );
}

/** One by one, by id. */
async function expectEach(session: ReadSession, at: ReadPoint, world: Map<string, CaseStanding>, ids: string[]) {
  for (const id of ids) {
    const standing = world.get(id);
    expect((await session.subject(cases, { id }, at))?.row ?? null).toEqual(standing ? plain(standing.row) : null);
    if (!standing) continue;
    const named = await session.subject(cases, { column: 'title', value: standing.row.title as string }, at);
    expect(named!.row.title).toBe(standing.row.title);
    for (const [noteId, { row }] of standing.notes) {
      expect((await session.record(notes, noteId, at))!.row).toEqual(plain(row));
    }
  }
}

/** The past is what it was, however it is asked for. */
export function asOfContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('as of', () => {
    const used = using(open);

    it('shows any moment as the events up to it make it', async () => {
      await fc.assert(
        fc.asyncProperty(randomHistory, async ({ happenings, clock, cases: ids }) => {
          const { recorder } = used();
          const before = recorder.head;
          for (const [n, one] of happenings.entries()) {
            recorder.wait(clock[n] ?? 0);
            await recorder.record(one);
          }
          const session = await used().session();
          const now = await session.at();
          expect(now).toMatchObject({ sequence: recorder.head, now: true });
          await expectWorld(session, now, worldAt(recorder.events, recorder.head));
          await expectEach(session, now, worldAt(recorder.events, recorder.head), ids);
          for (let sequence = before; sequence <= recorder.head; sequence++) {
            const at = await session.at({ sequence });
            const world = worldAt(recorder.events, sequence);
            await expectWorld(session, at, world);
            await expectEach(session, at, world, ids);
          }
        }),
        { numRuns: 15 },
      );
    });

    it('finds the moment of an event and of a time, by the log time', async () => {
      const { recorder } = used();
      const session = await used().session();
      const { events } = recorder;
      const last = (fits: (event: Happened) => boolean) => events.findLast(fits)!;
      const point = ({ sequence, logTime }: Happened) => ({
        sequence,
        recordedAt: new Date(logTime).toISOString(),
        now: false,
      });
      for (const event of events) {
        expect(await session.at({ eventId: event.id })).toMatchObject(point(event));
        for (const offset of [-1, 0, 1]) {
          const time = new Date(event.logTime + offset).toISOString();
          if (Date.parse(time) < BEGINNING) continue;
          const expected = last(({ logTime }) => logTime <= Date.parse(time));
          expect(await session.at({ time })).toMatchObject(point(expected));
        }
      }
    });

    it('tells whether an event was recorded at a time, its own or that of the log where a clock was set back', async () => {
      const { recorder } = used();
      recorder.wait(-5_000);
      const [late] = await recorder.record(opened(randomUUID()));
      recorder.wait(5_000);
      await used().current();
      const session = await used().session();
      expect(Date.parse(late.recordedAt)).toBeLessThan(late.logTime);
      for (const { sequence, recordedAt, logTime } of recorder.events) {
        const times = [Date.parse(recordedAt), logTime, logTime + 1];
        const was = await Promise.all(times.map((time) => session.wasRecorded(sequence, time)));
        expect(was).toEqual([true, true, false]);
      }
    });

    it('takes a time with an offset, and a fraction that is finer than its own', async () => {
      const session = await used().session();
      const first = await session.at({ time: '2025-01-01T00:00:00.000Z' });
      expect(await session.at({ time: '2025-01-01T02:00:00.0009+02:00' })).toEqual(first);
    });

    it.each<[string, AsOf, string]>([
      ['nothing', {}, 'VALIDATION_FAILED'],
      ['two at once', { sequence: 1, time: '2025-01-01T00:00:00Z' }, 'VALIDATION_FAILED'],
      ['half a sequence', { sequence: 1.5 }, 'VALIDATION_FAILED'],
      ['no time at all', { time: 'yesterday' }, 'VALIDATION_FAILED'],
      ['a moment before the first event', { sequence: 0 }, 'AS_OF_OUT_OF_RANGE'],
      ['a sequence not reached', { sequence: 1_000_000_000 }, 'AS_OF_OUT_OF_RANGE'],
      ['a time before the first event', { time: '2024-12-31T23:59:59.999Z' }, 'AS_OF_OUT_OF_RANGE'],
      ['a time to come', { time: '2999-01-01T00:00:00Z' }, 'AS_OF_OUT_OF_RANGE'],
      ['an unknown event', { eventId: randomUUID() }, 'NOT_FOUND'],
    ])('refuses %s', async (_, asOf, code) => {
      const session = await used().session();
      await expect(session.at(asOf)).rejects.toMatchObject({ code });
    });

    it('names the range that is allowed', async () => {
      const session = await used().session();
      const to = used().recorder.head;
      const refusal = session.at({ sequence: to + 1 });
      await expect(refusal).rejects.toThrow(`sequences from 1 to ${to}, times from 2025-01-01T00:00:00.000Z to `);
      await expect(refusal).rejects.toMatchObject({ details: { allowed: { sequence: { from: 1, to } } } });
    });

    it('shows what a record was at each of its changes, the last first, page by page', async () => {
      const { recorder } = used();
      const [id, note, other] = [randomUUID(), randomUUID(), randomUUID()];
      const amended = (text: string) => happening(id, 'NoteAmended', { noteId: note, text });
      await recorder.record(opened(id), noteAdded(id, note, 'one'), noteAdded(id, other), amended('two'));
      const then = recorder.head;
      await recorder.record(amended('three'), opened(randomUUID()), amended('four'));
      await used().current();
      const session = await used().session();
      const now = await session.at();
      const { key: subjectKey } = (await session.subject(cases, { id }, now))!;
      const versions = async (at: ReadPoint, first = 10, after?: number) => {
        const { rows, hasNext } = await session.versions(notes, { id: note, subjectKey }, { first, after }, at);
        return { texts: rows.map(({ row }) => row.text), hasNext, last: rows.at(-1)?.v };
      };
      expect((await versions(now)).texts).toEqual(['four', 'three', 'two', 'one']);
      expect((await versions(await session.at({ sequence: then }))).texts).toEqual(['two', 'one']);
      for (const at of [now, await session.at({ sequence: now.sequence })]) {
        const page = await versions(at, 3);
        expect(page).toMatchObject({ texts: ['four', 'three', 'two'], hasNext: true });
        expect(await versions(at, 3, page.last)).toMatchObject({ texts: ['one'], hasNext: false });
      }
      expect((await session.versions(notes, { id: note, subjectKey: 1 }, { first: 1 }, now)).rows).toEqual([]);
    });

    it('shows one moment for a whole answer, however much is recorded meanwhile', async () => {
      const { recorder } = used();
      const [a, b, note] = [randomUUID(), randomUUID(), randomUUID()];
      await recorder.record(opened(a), noteAdded(a, note));
      const session = await used().session();
      const at = await session.at();
      const then = worldAt(recorder.events, at.sequence);
      await recorder.record(opened(b), noteAdded(a, randomUUID()), noteAdded(b, randomUUID()));
      await used().current();
      await expectWorld(session, at, then);
      await expectEach(session, at, then, [a, b]);
      expect(await session.subject(cases, { id: b }, at)).toBeNull();
      expect(await session.countSubjects(cases, undefined, 1_000, at)).toEqual({ value: then.size, exact: true });
      expect(await session.at()).toBe(at);
      const later = await used().session();
      expect((await later.subject(cases, { id: b }, await later.at()))!.row.id).toBe(b);
    });
  });
}
