import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type Row } from '#read-models/read-model.js';
import { person } from '../builders/actors.js';
import { cases } from './fixtures/read-store-projections.mjs';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { type Happened, happening, noteAdded, opened, randomHistory } from './read-store.events.js';
import { using } from './read-store.using.js';
import { plain, worldAt } from './read-store.world.js';

const served = ({ id, sequence, stream, revision, type, recordedAt, actor, payload }: Happened) => ({
  envelope: { id, sequence, stream, revision, type, recordedAt, actor },
  payload,
});

/** History, the feed, single events, and what changed between two moments. */
export function historyContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('history', () => {
    const used = using(open);
    const id = randomUUID();
    let own: Happened[];
    let key: number;

    beforeAll(async () => {
      const { recorder } = used();
      const [note, other] = [randomUUID(), randomUUID()];
      await recorder.record(opened(id), noteAdded(id, note));
      await recorder.record(opened(other), noteAdded(id, other), happening(other, 'CaseMentioned'));
      await recorder.record(
        happening(id, 'NoteAmended', { noteId: note, text: 'more' }),
        happening(id, 'CaseMentioned'),
      );
      own = recorder.events.filter(({ stream }) => stream === `case-${id}`);
      const session = await used().session();
      key = (await session.subject(cases, { id }, await session.at()))!.key;
    });

    it('of a case comes page by page, with payloads and envelopes, forwards and backwards', async () => {
      const session = await used().session();
      const at = await session.at();
      for (const direction of ['forwards', 'backwards'] as const) {
        const expected = direction === 'forwards' ? own : own.toReversed();
        const first = await session.history(key, { first: 2, direction }, at);
        expect(first).toMatchObject({ rows: expected.slice(0, 2).map(served), hasNext: true });
        const after = first.rows[1].envelope.sequence;
        const next = await session.history(key, { first: 2, after, direction }, at);
        expect(next).toMatchObject({ rows: expected.slice(2, 4).map(served), hasNext: true });
        const rest = await session.history(key, { first: 3, after: expected[2].sequence, direction }, at);
        expect(rest).toMatchObject({ rows: expected.slice(3).map(served), hasNext: false });
      }
      expect((await session.history(key, { first: 9 }, at)).rows[0].stored.payload).toBe(
        JSON.stringify(own[0].payload),
      );
    });

    it('of a case shows only the types asked for, and nothing after the moment read at', async () => {
      const session = await used().session();
      const typesOf = async (types: string[], sequence: number) => {
        const { rows } = await session.history(key, { first: 9, types }, await session.at({ sequence }));
        return rows.map(({ envelope }) => envelope.sequence);
      };
      const all = own.map(({ sequence }) => sequence);
      expect(await typesOf(['NoteAdded', 'NoteAmended'], all[4])).toEqual([all[1], all[2], all[3]]);
      expect(await typesOf(['NoteAdded', 'NoteAmended'], all[2])).toEqual([all[1], all[2]]);
      expect(await typesOf([], all[4])).toEqual([]);
    });

    it('of everything is fed in log order, from any point on', async () => {
      const { events } = used().recorder;
      const session = await used().session();
      for (let after = 0; after <= events.length; after++) {
        const expected = events.slice(after, after + 3);
        const page = await session.events({ after, first: 3 });
        expect(page).toMatchObject({ rows: expected.map(served), hasNext: after + 3 < events.length });
      }
      const typed = await session.events({ after: 0, types: ['CaseMentioned'], first: 9 });
      expect(typed).toMatchObject({ rows: events.filter(({ type }) => type === 'CaseMentioned').map(served) });
    });

    it('has no event after the moment of the session', async () => {
      const session = await used().session();
      const { sequence } = await session.at();
      const [late] = await used().recorder.record(happening(id, 'CaseMentioned'));
      await used().current();
      expect((await session.events({ after: sequence, first: 9 })).rows).toEqual([]);
      expect(await session.event(late.id)).toBeNull();
      expect(await (await used().session()).event(late.id)).toMatchObject(served(late));
    });

    it('of one stream comes as it stood at any moment, whoever may see it', async () => {
      const seesNothing = { ...EVERYTHING, subjects: { anybody: false, holders: [], fromGrant: false } };
      const session = used().readModels.session(seesNothing);
      for (let { sequence } = await session.at(); sequence > 0; sequence--) {
        const then: { id: string; payload: object }[] = [];
        for await (const page of session.stream(`case-${id}`, await session.point(sequence)))
          then.push(...page.map(({ stored, payload }) => ({ id: stored.id, payload })));
        const expected = used().recorder.events.filter(
          (one) => one.stream === `case-${id}` && one.sequence <= sequence,
        );
        expect(then).toEqual(expected.map((one) => ({ id: one.id, payload: one.payload })));
      }
    });

    it('knows events by their ids', async () => {
      const session = await used().session();
      for (const event of used().recorder.events) expect(await session.event(event.id)).toMatchObject(served(event));
      expect(await session.event(randomUUID())).toBeNull();
    });
  });

  describe('changes', () => {
    const used = using(open);

    it('tell field by field what each event made of the case and its records', async () => {
      await fc.assert(
        fc.asyncProperty(randomHistory, fc.nat(), fc.nat(), async ({ happenings, cases: ids }, one, other) => {
          const { recorder } = used();
          const start = recorder.head;
          await recorder.record(...happenings);
          const span = recorder.head - start + 1;
          const [from, to] = [start + (one % span), start + (other % span)].sort((a, b) => a - b);
          const session = await used().session();
          const now = await session.at();
          const points = [await session.at({ sequence: from }), await session.at({ sequence: to })] as const;
          for (const id of ids) {
            const { key } = (await session.subject(cases, { id }, now))!;
            const changes = await session.changes(key, ...points);
            expect(inOrder(changes)).toEqual(inOrder(expectedChanges(recorder.events, id, from, to)));
            expect(changes.map(({ sequence }) => sequence)).toEqual(
              changes.map(({ sequence }) => sequence).sort((a, b) => a - b),
            );
          }
        }),
        { numRuns: 20 },
      );
    });

    it('refuse a span that ends before it begins', async () => {
      await used().recorder.record(opened(randomUUID()));
      const session = await used().session();
      const [from, to] = [await session.at(), await session.at({ sequence: 1 })];
      await expect(session.changes(1024, from, to)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    });
  });
}

const OWN = ['id', 'revision', 'recordedAt', 'recordedBy'];

/** The same by comparing the worlds before and after each event. */
function expectedChanges(events: readonly Happened[], id: string, from: number, to: number) {
  const rowsAt = (sequence: number): Map<string, Row> => {
    const standing = worldAt(events, sequence).get(id);
    if (!standing) return new Map();
    return new Map([
      [id, plain(standing.row)],
      ...[...standing.notes].map(([note, { row }]) => [note, plain(row)] as const),
    ]);
  };
  return events
    .filter(({ sequence }) => sequence > from && sequence <= to)
    .flatMap(({ sequence, id: eventId, actor, payload }) => {
      const before = rowsAt(sequence - 1);
      return [...rowsAt(sequence)].flatMap(([record, row]) =>
        Object.keys(row)
          .map((field) => ({ record, field, old: before.get(record)?.[field] ?? null, new: row[field] ?? null }))
          .filter((one) => !OWN.includes(one.field) && JSON.stringify(one.old) !== JSON.stringify(one.new))
          .map((one) => ({
            ...one,
            ...{ model: one.record === id ? 'cases' : 'notes', sequence, eventId, reason: payload.reason ?? null },
            actor: person(actor.id, actor.name, 'k1'),
          })),
      );
    });
}

const inOrder = <C extends { sequence: number; record: string; field: string }>(changes: C[]): C[] =>
  [...changes].sort((a, b) => {
    const [one, other] = [a, b].map(({ record, field }) => `${record} ${field}`);
    return a.sequence - b.sequence || (one < other ? -1 : 1);
  });
