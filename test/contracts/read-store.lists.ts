import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Condition } from '#read-models/condition.js';
import { type ReadPoint, type SubjectsOptions } from '#read-models/read-session.js';
import { type Row } from '#read-models/read-model.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { testOf } from './random-condition.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { happening, noteAdded, opened } from './read-store.events.js';
import { type Used, using } from './read-store.using.js';
import { byLastChange, worldAt } from './read-store.world.js';

const values = {
  title: fc.constantFrom('a', 'b', 'B', 'ä', 'c'),
  rank: fc.integer({ min: -2, max: 3 }),
  urgent: fc.boolean(),
};
const test = testOf(values);
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    test,
    fc.record({ and: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

/** The condition on a row, in two-valued logic. */
function holds(one: Condition, row: Row): boolean {
  if ('and' in one) return one.and.every((part) => holds(part, row));
  if ('or' in one) return one.or.some((part) => holds(part, row));
  if ('not' in one) return !holds(one.not, row);
  const field = (row[one.column] ?? null) as string | number | boolean | null;
  if (one.op === 'isNull') return (field === null) === one.value;
  if (one.op === 'in') return one.value.includes(field);
  if (one.op === 'eq') return field === one.value;
  if (one.op === 'ne') return field !== one.value;
  if (field === null) return false;
  if (one.op === 'contains') return (field as string).includes(one.value);
  const order = field === one.value ? 0 : field < one.value! ? -1 : 1;
  return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[one.op];
}

const idsOf = (rows: readonly { row: Row }[]): string[] => rows.map(({ row }) => row.id as string);

/** All pages of a list, `between` each two of them. */
async function pages(
  used: Used,
  options: SubjectsOptions,
  between = () => Promise.resolve(),
): Promise<[string[], ReadPoint]> {
  const ids: string[] = [];
  const first = await (await used.session()).at();
  for (let after: number | undefined; ;) {
    // Each page is another request.
    const session = await used.session();
    const { rows, hasNext } = await session.subjects(cases, { ...options, after }, await session.point(first.sequence));
    ids.push(...idsOf(rows));
    if (!hasNext) return [ids, first];
    expect(rows).toHaveLength(options.first);
    after = rows.at(-1)!.cursor;
    await between();
  }
}

/** Lists: what they hold, in which order, page by page. */
export function listsContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('lists', () => {
    const used = using(open);
    const rows = (sequence: number): Row[] =>
      byLastChange(worldAt(used().recorder.events, sequence).values()).map(({ row }) => row);
    let middle: number;

    beforeAll(async () => {
      const { recorder } = used();
      const ids = Array.from({ length: 30 }, () => randomUUID());
      const pick = <T>(from: readonly T[], n: number): T => from[n % from.length];
      for (const [n, id] of ids.entries()) {
        const rank = pick([null, 0, 1, -2, 3, 1, 2], n);
        await recorder.record(opened(id, pick(['a', 'b', 'B', 'ä'], n), rank, pick([true, false, null], n)));
      }
      middle = recorder.head;
      for (const [n, id] of ids.entries()) {
        if (n % 2 === 0)
          await recorder.record(happening(id, 'CaseRenamed', { title: pick(['c', 'a'], n), rank: n % 4 }));
        if (n % 5 === 0) await recorder.record(happening(ids[29 - n], 'CaseMentioned'));
      }
    });

    it('let through what the condition lets through, now and then, and count it', async () => {
      const session = await used().session();
      const points = [await session.at(), await session.at({ sequence: middle })];
      await fc.assert(
        fc.asyncProperty(condition, fc.nat(40), async (where, max) => {
          for (const at of points) {
            const expected = rows(at.sequence).filter((row) => holds(where, row));
            const found = await session.subjects(cases, { where, first: 100 }, at);
            expect(idsOf(found.rows)).toEqual(expected.map(({ id }) => id));
            expect(await session.countSubjects(cases, where, max, at)).toEqual({
              value: Math.min(expected.length, max),
              exact: expected.length <= max,
            });
          }
        }),
        { numRuns: 150 },
      );
    });

    it('take only columns that are declared', async () => {
      const session = await used().session();
      const where: Condition = { column: 'v" or 1=1 --', op: 'eq', value: 1 };
      await expect(session.subjects(cases, { where, first: 1 }, await session.at())).rejects.toThrow(TypeError);
    });

    it.each(
      (['title', 'rank', 'urgent'] as const).flatMap((name) => [
        { column: name, direction: 'asc' as const },
        { column: name, direction: 'desc' as const },
      ]),
    )('come in the order of $column $direction, nulls last, page by page', async (orderBy) => {
      const where: Condition = { not: { column: 'title', op: 'eq', value: 'c' } };
      const [ids, { sequence }] = await pages(used(), { orderBy, where, first: 4 });
      const opening = new Map(
        used()
          .recorder.events.toReversed()
          .map((event) => [event.stream, event.sequence]),
      );
      const sign = orderBy.direction === 'asc' ? 1 : -1;
      const expected = rows(sequence)
        .filter((row) => holds(where, row))
        .sort((a, b) => {
          const [one, other] = [a, b].map((row) => (row[orderBy.column] ?? null) as string | null);
          if (one === other) return opening.get(`case-${b.id as string}`)! - opening.get(`case-${a.id as string}`)!;
          if (one === null || other === null) return one === null ? 1 : -1;
          return one < other ? -sign : sign;
        });
      expect(ids).toEqual(expected.map(({ id }) => id));
    });

    it('are paged through without a gap or a repeat while cases are opened and changed', async () => {
      const { recorder } = used();
      const writes = async () => {
        const ids = rows(recorder.head).map(({ id }) => id as string);
        await recorder.record(
          opened(randomUUID(), 'a', 1, true),
          happening(ids[Math.floor(ids.length / 2)], 'CaseRenamed', { title: 'zzz', rank: -9 }),
          happening(ids.at(-1)!, 'CaseMentioned'),
        );
      };
      for (const orderBy of [undefined, { column: 'title', direction: 'asc' as const }]) {
        const [ids, { sequence }] = await pages(used(), { first: 3, orderBy }, writes);
        const expected = rows(sequence).map(({ id }) => id as string);
        expect([...ids].sort()).toEqual([...expected].sort());
        if (!orderBy) expect(ids).toEqual(expected);
      }
    });

    it('of records are paged through without a gap or a repeat while records are added and changed', async () => {
      const { recorder } = used();
      const [id, ...noteIds] = Array.from({ length: 11 }, () => randomUUID() as string);
      await recorder.record(opened(id), ...noteIds.map((noteId) => noteAdded(id, noteId)));
      const first = await (await used().session()).at();
      const found: string[] = [];
      for (let after: number | undefined, more = true; more;) {
        const session = await used().session();
        const at = await session.point(first.sequence);
        const { key } = (await session.subject(cases, { id }, at))!;
        const page = await session.records(notes, key, { first: 3, after }, at);
        found.push(...idsOf(page.rows));
        after = page.rows.at(-1)!.v;
        more = page.hasNext;
        await recorder.record(
          noteAdded(id, randomUUID()),
          happening(id, 'NoteAmended', { noteId: noteIds[found.length % 10], text: 'amended' }),
        );
      }
      expect(found).toEqual(noteIds.toReversed());
    });

    it('of records hold those of their subject alone, though another gave the same id to one of its own', async () => {
      const { recorder, readModels } = used();
      const [one, other, noteId] = [randomUUID(), randomUUID(), randomUUID()];
      await recorder.record(
        opened(one),
        noteAdded(one, noteId, 'first'),
        opened(other),
        noteAdded(other, noteId, 'second'),
      );
      await recorder.record(happening(one, 'NoteAmended', { noteId, text: 'amended' }));
      const session = await used().session();
      const at = await session.at();
      const textsOf = async (id: string) => {
        const { key } = (await session.subject(cases, { id }, at))!;
        return (await session.records(notes, key, { first: 9 }, at)).rows.map(({ row }) => row.text);
      };
      expect([await textsOf(one), await textsOf(other)]).toEqual([['amended'], ['second']]);
      expect(readModels.status().failure).toBeNull();
    });

    it('of records take a condition', async () => {
      const { recorder } = used();
      const id = randomUUID();
      const noteIds = ['x', 'xx', 'xxx'].map((text) => [randomUUID() as string, text] as const);
      await recorder.record(opened(id), ...noteIds.map(([noteId, text]) => noteAdded(id, noteId, text)));
      const session = await used().session();
      const at = await session.at();
      const { key } = (await session.subject(cases, { id }, at))!;
      const where: Condition = { column: 'size', op: 'gt', value: 1 };
      const { rows: found } = await session.records(notes, key, { first: 5, where }, at);
      expect(idsOf(found)).toEqual([noteIds[2][0], noteIds[1][0]]);
    });

    it('with a condition go on from what changed recently to what rests for long, each page', async () => {
      const { recorder } = used();
      const busy = randomUUID();
      const ids = Array.from({ length: 12 }, () => randomUUID() as string);
      for (const id of ids) await recorder.record(opened(id, 'seldom'));
      await recorder.record(
        opened(busy, 'busy'),
        ...Array.from({ length: 1_500 }, () => happening(busy, 'CaseMentioned')),
        ...ids.slice(0, 3).map((id) => happening(id, 'CaseMentioned')),
        ...Array.from({ length: 1_100 }, () => happening(busy, 'CaseMentioned')),
        ...ids.slice(3, 5).map((id) => happening(id, 'CaseMentioned')),
      );
      const inOrder = [...ids.slice(0, 5).toReversed(), ...ids.slice(5).toReversed()];
      const where: Condition = { column: 'title', op: 'eq', value: 'seldom' };
      for (const first of [2, 4, 5, 20]) {
        const [found] = await pages(used(), { where, first }, async () => {
          await recorder.record(happening(busy, 'CaseMentioned'));
        });
        expect(found).toEqual(inOrder);
      }
    });
  });
}
