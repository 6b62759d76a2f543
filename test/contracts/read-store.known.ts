import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type AccessFilter, EVERYTHING } from '#read-models/access-filter.js';
import { type Known, type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { cases, knowings, notes } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { happening, noteAdded, opened } from './read-store.events.js';
import { using } from './read-store.using.js';

const ALL = { first: 1_000 };
const DAYS = ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04'].map((day) => `${day}T00:00:00.000Z`);

interface Telling {
  /** Of a few rows that are changed again and again. */
  row: number;
  /** Null: nothing any more. */
  note: number | null;
  through: number;
  party: string | null;
  earliest: string | null;
  latest: string | null;
  stated: boolean;
}

const day = fc.option(fc.constantFrom(...DAYS));
const telling: fc.Arbitrary<Telling> = fc
  .record({
    ...{ row: fc.nat(5), note: fc.option(fc.nat(3)), through: fc.nat(3), party: fc.constantFrom('p', 'q', null) },
    ...{ one: day, other: day, stated: fc.boolean() },
  })
  .map(({ one, other, stated, ...rest }) => {
    if (!stated) return { ...rest, earliest: null, latest: null, stated };
    const [earliest, latest] = one && other && one > other ? [other, one] : [one, other];
    return { ...rest, earliest, latest, stated };
  });

/** How well each note was known, as its own fold of what was told says. */
function known(tellings: readonly Telling[], party: string | null, time: string): Map<number, Known> {
  const rows = new Map(tellings.map((one) => [one.row, one]));
  const grades = new Map<number, Known>();
  const better = { NOT_STATED: 0, POSSIBLY: 1, CERTAINLY: 2 };
  for (const { note, party: whose, earliest, latest, stated } of rows.values()) {
    if (note === null || whose !== party || (earliest !== null && earliest > time)) continue;
    const grade = latest !== null && latest <= time ? 'CERTAINLY' : stated ? 'POSSIBLY' : 'NOT_STATED';
    const before = grades.get(note);
    if (!before || better[grade] > better[before]) grades.set(note, grade);
  }
  return grades;
}

/** What somebody knew, now and as of. */
export function knownContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('what was known', () => {
    const used = using(open);

    /** A case with four notes, of which this is told. */
    async function caseOf(tellings: readonly Telling[]) {
      const { recorder } = used();
      const [id, ...ids] = Array.from({ length: 5 }, () => randomUUID() as string);
      await recorder.record(opened(id), ...ids.map((noteId) => noteAdded(id, noteId)));
      const events = await recorder.record(
        ...tellings.map(({ row, note, through, party: partyId, ...rest }) =>
          happening(id, 'NoteKnown', {
            ...{ knownId: `${id}/${row}`, noteId: note === null ? null : ids[note], throughId: ids[through], partyId },
            ...rest,
          }),
        ),
      );
      return { id, ids, sequences: events.map(({ sequence }) => sequence) };
    }

    async function gradesAt(session: ReadSession, id: string, at: ReadPoint): Promise<Map<string, Known>> {
      const subject = await session.subject(cases, { id }, at);
      const { rows } = await session.records(notes, subject!.key, ALL, at);
      return new Map(rows.map(({ row, known: grade }) => [row.id as string, grade!]));
    }

    it('is what is told of it: certainly, possibly, or at some time', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(telling, { maxLength: 12 }), async (tellings) => {
          const { id, ids, sequences } = await caseOf(tellings);
          const all = await used().session();
          for (const party of ['p', 'q']) {
            for (const time of [DAYS[0], '2025-01-02T12:00:00Z', DAYS[3]]) {
              const session = await all.knowing({ model: knowings, party, time });
              const wanted = (until: number) =>
                new Map(
                  [...known(tellings.slice(0, until), party, new Date(time).toISOString())].map(([note, grade]) => [
                    ids[note],
                    grade,
                  ]),
                );
              expect(await gradesAt(session, id, await session.at())).toEqual(wanted(tellings.length));
              for (const [n, sequence] of sequences.entries()) {
                expect(await gradesAt(session, id, await session.at({ sequence }))).toEqual(wanted(n + 1));
              }
              const { rows } = await session.subjects(cases, ALL, await session.at());
              expect(rows.some(({ row }) => row.id === id)).toBe(wanted(tellings.length).size > 0);
              const ordered = { ...ALL, orderBy: { column: 'title', direction: 'asc' } } as const;
              const sorted = await session.subjects(cases, ordered, await session.at());
              expect(new Set(sorted.rows.map(({ row }) => row.id))).toEqual(new Set(rows.map(({ row }) => row.id)));
              const count = await session.countSubjects(cases, undefined, 1_000, await session.at());
              expect(count).toEqual({ value: rows.length, exact: true });
            }
          }
        }),
        { numRuns: 12 },
      );
    });

    it('is for this house besides all that it has recorded by then', async () => {
      const { recorder } = used();
      const { id, ids } = await caseOf([]);
      const recordedAt = recorder.events.find(({ payload }) => payload.noteId === ids[1])!.logTime;
      const all = await used().session();
      const by = async (time: number) => {
        const session = await all.knowing({ model: knowings, party: null, time: new Date(time).toISOString() });
        return gradesAt(session, id, await session.at());
      };
      expect(await by(0)).toEqual(new Map());
      const then = await by(recordedAt);
      expect(then.get(ids[1])).toBe('CERTAINLY');
      expect(await by(recordedAt + 3_600_000)).toEqual(new Map(ids.map((note) => [note, 'CERTAINLY'])));
    });

    it('pages, and shows of history what concerns it', async () => {
      const whole = { earliest: DAYS[0], latest: DAYS[0], stated: true };
      const { id, ids } = await caseOf(
        [0, 2, 3].map((note) => ({ row: note, note, through: 0, party: 'p', ...whole })),
      );
      const session = await (await used().session()).knowing({ model: knowings, party: 'p', time: DAYS[1] });
      const at = await session.at();
      const { key } = (await session.subject(cases, { id }, at))!;
      const first = await session.records(notes, key, { first: 2 }, at);
      expect(first.rows.map(({ row }) => row.id)).toEqual([ids[3], ids[2]]);
      expect(first.hasNext).toBe(true);
      const second = await session.records(notes, key, { first: 2, after: first.rows[1].v }, at);
      expect(second.rows.map(({ row, known: grade }) => [row.id, grade])).toEqual([[ids[0], 'CERTAINLY']]);
      expect(second.hasNext).toBe(false);
      const { rows } = await session.history(key, { types: ['NoteAdded'], first: 100 }, at);
      expect(rows.map(({ payload }) => payload.noteId)).toEqual([ids[0], ids[2], ids[3]]);
    });

    it('tells nothing by a record that may not be seen', async () => {
      const whole = { earliest: DAYS[0], latest: DAYS[0], stated: true };
      const { id, ids } = await caseOf([{ row: 0, note: 0, through: 1, party: 'p', ...whole }]);
      await used().recorder.record(
        happening(id, 'Walled', { noteId: ids[1], wall: 'w', kind: 'LIMIT', names: ['ann'] }),
      );
      await used().current();
      const as = async (name: string) => {
        const walls = { names: [name], byName: ['LIMIT'], asMember: [] };
        const filter: AccessFilter = { ...EVERYTHING, walls };
        const session = await used().readModels.session(filter).knowing({ model: knowings, party: 'p', time: DAYS[1] });
        return gradesAt(session, id, await session.at());
      };
      expect(await as('ann')).toEqual(new Map([[ids[0], 'CERTAINLY']]));
      expect(await as('bob')).toEqual(new Map());
    });

    it('tells nothing of a party that may not be seen', async () => {
      const { id, ids } = await caseOf([]);
      const [note, through, party] = ids;
      const whole = { earliest: DAYS[0], latest: DAYS[0], stated: true };
      const told = { knownId: `${id}/0`, noteId: note, throughId: through, partyId: party, ...whole };
      await used().recorder.record(
        happening(id, 'NoteKnown', told),
        happening(id, 'Walled', { noteId: party, wall: 'w', kind: 'LIMIT', names: ['ann'] }),
      );
      await used().current();
      const as = async (name: string) => {
        const filter: AccessFilter = { ...EVERYTHING, walls: { names: [name], byName: ['LIMIT'], asMember: [] } };
        const session = await used().readModels.session(filter).knowing({ model: knowings, party, time: DAYS[1] });
        const at = await session.at();
        const { value } = await session.countSubjects(cases, undefined, 1_000, at);
        return { grades: await gradesAt(session, id, at), cases: value };
      };
      expect(await as('ann')).toEqual({ grades: new Map([[note, 'CERTAINLY']]), cases: 1 });
      expect(await as('bob')).toEqual({ grades: new Map(), cases: 0 });
    });
  });
}
