import { randomUUID } from 'node:crypto';
import { type AccessFilter } from '#read-models/access-filter.js';
import { WITHHELD } from '#read-models/withhold.js';
import { cases, notes } from './fixtures/read-store-projections.mjs';
import { happening, noteAdded, opened } from './read-store.events.js';
import { reader } from './read-store.reader.js';
import { type Used } from './read-store.using.js';

/** What marks let through to people of outside organisations. */
export function marksContract(used: () => Used): void {
  describe('to whom marks let through', () => {
    const [marked, green, red, other] = Array.from({ length: 4 }, () => randomUUID());
    /** Of these outside organisations' people. */
    const outsider = (person: string, organisation: string): AccessFilter => {
      const names = [`PERSON/${person}`, `ORGANISATION/${organisation}`];
      return {
        ...reader(false, ...names),
        subjects: { anybody: false, holders: names, fromGrant: true },
        marks: {
          ...{
            names,
            organisations: [`ORGANISATION/${organisation}`],
            open: ['CLEAR'],
            asRecipient: ['RED', 'AMBER'],
          },
          ...{ asOriginator: ['GREEN', 'AMBER'], asCommunity: ['GREEN'] },
        },
      };
    };
    const [pia, solo] = [outsider('pia', 'acme'), outsider('solo', 'nowhere')];
    let from: number;

    beforeAll(async () => {
      const { recorder } = used();
      from = recorder.head;
      await recorder.record(
        opened(marked, 'marked', 1),
        happening(marked, 'GivenTo', { name: 'ORGANISATION/acme', history: true }),
        happening(marked, 'GivenTo', { name: 'PERSON/solo', history: true }),
        noteAdded(marked, green),
        noteAdded(marked, red),
        happening(marked, 'NoteAdded', { noteId: other, text: red, about: [green, red] }),
        happening(marked, 'Marked', { noteId: green, level: 'GREEN', about: [red] }),
        happening(marked, 'Marked', { noteId: red, level: 'RED', names: ['PERSON/paul'] }),
      );
      await used().current();
    });

    async function seen(filter: AccessFilter) {
      const session = used().readModels.session(filter);
      const at = await session.at();
      const subject = await session.subject(cases, { id: marked }, at);
      if (!subject) return null;
      const { key } = subject;
      const { rows } = await session.records(notes, key, { first: 9 }, at);
      const history = (await session.history(key, { first: 99 }, at)).rows;
      const changed = await session.changes(key, await session.at({ sequence: from }), at);
      const one = (await session.record(notes, red, at)) !== null;
      const shown = await Promise.all(
        history.map(async ({ envelope }) => (await session.marksOfEvent(envelope.sequence)).map(({ level }) => level)),
      );
      return {
        notes: rows.map(({ row }) => [row.id, row.text, row.about]),
        ...{ one, told: JSON.stringify([history.map(({ payload }) => payload), changed]).includes(red) },
        history: history.map(({ envelope }, n) => [envelope.type, ...shown[n]]),
        marks: await Promise.all([undefined, green, red].map((id) => session.marksOfRecord(key, id))),
      };
    }

    const opening = [['CaseOpened'], ['GivenTo'], ['GivenTo']];
    const others = (...about: string[]) => [other, WITHHELD, about];
    const greenMark = (about: string[]) => ({ level: 'GREEN', about });

    it('hides what a mark holds back, its events and its id, and shows what it lets', async () => {
      expect(await seen(pia)).toEqual({
        ...{ notes: [others(green), [green, 'a note', undefined]], one: false, told: false },
        history: [...opening, ['NoteAdded', 'GREEN'], ['NoteAdded'], ['Marked', 'GREEN']],
        marks: [[], [greenMark([])], []],
      });
      // No community without an organisation that is a member.
      expect(await seen(solo)).toEqual({
        ...{ notes: [others()], one: false, told: false, history: [...opening, ['NoteAdded']], marks: [[], [], []] },
      });
    });

    it('holds nothing back from others, to whom it is shown', async () => {
      const all = (await seen({ ...pia, marks: null }))!;
      expect(all.notes).toEqual([
        [other, red, [green, red]],
        [red, 'a note', undefined],
        [green, 'a note', undefined],
      ]);
      expect(all.marks).toEqual([[], [greenMark([red])], [{ level: 'RED' }]]);
    });

    it('is the last of its originator, beside those of others: each must let through', async () => {
      const { recorder } = used();
      const mark = async (fields: object) => {
        await recorder.record(happening(marked, 'Marked', { noteId: red, ...fields }));
        await used().current();
        return (await seen(pia))!.one;
      };
      expect(await mark({ level: 'RED', names: ['PERSON/pia'] })).toBe(true);
      expect(await mark({ level: 'AMBER', originator: 'ORGANISATION/acme' })).toBe(true);
      expect(await mark({ level: 'AMBER', originator: 'ORGANISATION/other' })).toBe(false);
      expect(await mark({ level: 'CLEAR', originator: 'ORGANISATION/other' })).toBe(true);
      expect(await mark({ level: 'UNHEARD_OF', originator: 'ORGANISATION/other' })).toBe(false);
    });

    it('on a subject opens and closes it, and the feed tells', async () => {
      const { recorder } = used();
      const at: Record<string, number> = {};
      const happens = async (name: string, type: string, payload: Record<string, unknown>) => {
        await recorder.record(happening(marked, type, payload));
        at[name] = recorder.head;
        await used().current();
      };
      const toldTo = async (filter: AccessFilter) => {
        const { rows } = await used()
          .readModels.session(filter)
          .events({ after: at.red - 1, first: 99, types: ['Gained', 'Lost'] });
        return rows.map(({ envelope }) => [envelope.type, envelope.sequence]);
      };
      await happens('red', 'Marked', { level: 'RED', names: ['PERSON/paul'] });
      expect(await seen(pia)).toBeNull();
      await happens('paul', 'GivenTo', { name: 'PERSON/paul' });
      await happens('quinn', 'GivenTo', { name: 'PERSON/quinn' });
      await happens('amber', 'Marked', { level: 'AMBER', originator: 'ORGANISATION/acme' });
      await happens('green', 'Marked', { level: 'GREEN' });
      expect((await seen(pia))!.marks[0]).toHaveLength(2);
      await happens('gone', 'TakenFrom', { name: 'ORGANISATION/acme' });
      await happens('clear', 'Marked', { level: 'CLEAR' });
      await happens('all', 'Marked', { level: 'CLEAR', originator: 'ORGANISATION/acme' });
      expect(await toldTo(pia)).toEqual([
        ['Lost', at.red],
        ['Gained', at.green],
        ['Lost', at.gone],
      ]);
      expect(await toldTo(outsider('paul', 'other'))).toEqual([
        ['Gained', at.paul],
        ['Lost', at.amber],
        ['Gained', at.all],
      ]);
      expect(await toldTo(outsider('quinn', 'other'))).toEqual([['Gained', at.all]]);
      expect(await toldTo(solo)).toEqual([
        ['Lost', at.red],
        ['Gained', at.all],
      ]);
      expect(await toldTo({ ...pia, marks: null })).toEqual([['Lost', at.gone]]);
    });
  });
}
