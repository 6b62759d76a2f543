import { randomUUID } from 'node:crypto';
import { type AccessFilter } from '#read-models/access-filter.js';
import { happening } from './read-store.events.js';
import { reader } from './read-store.reader.js';
import { type Used } from './read-store.using.js';

/** How the feed tells who gains a case and who loses it. */
export function toldContract(used: () => Used): void {
  describe('as the feed tells it', () => {
    const given = randomUUID();
    let from: number;
    /** Sequences at which something changed. */
    const at: Record<string, number> = {};

    beforeAll(async () => {
      const { recorder } = used();
      const happens = async (name: string, type: string, payload: Record<string, unknown>) => {
        await recorder.record(happening(given, type, payload));
        at[name] = recorder.head;
      };
      from = recorder.head;
      await happens('opened', 'CaseOpened', { title: 'given', closed: true });
      await happens('ann', 'GivenTo', { name: 'PERSON/ann' });
      await happens('again', 'GivenTo', { name: 'PERSON/ann' });
      await happens('group', 'GivenTo', { name: 'GROUP/x' });
      await happens('notAnn', 'TakenFrom', { name: 'PERSON/ann' });
      await happens('up', 'OpenedUp', {});
      await happens('off', 'ClosedOff', {});
      await happens('notGroup', 'TakenFrom', { name: 'GROUP/x' });
      await used().current();
    });

    const feedOf = async (filter: AccessFilter, options: { types?: string[]; first?: number } = {}) => {
      const session = used().readModels.session(filter);
      const { rows } = await session.events({ after: from, first: 99, ...options });
      return rows.map(({ envelope }) => [envelope.type, envelope.sequence]);
    };
    const types = ['Gained', 'Lost'];

    it('tells who gains and who loses a subject, and nobody else', async () => {
      expect(await feedOf(reader(false, 'PERSON/ann'), { types })).toEqual([
        ['Gained', at.ann],
        ['Lost', at.notAnn],
      ]);
      expect(await feedOf(reader(false, 'PERSON/bob'), { types })).toEqual([]);
      expect(await feedOf(reader(true, 'PERSON/bob'), { types })).toEqual([
        ['Gained', at.up],
        ['Lost', at.off],
      ]);
      expect(await feedOf(reader(true, 'PERSON/bob'), { types: ['Lost'] })).toEqual([['Lost', at.off]]);
    });

    it('tells it where something changes for the principal as a whole', async () => {
      // In a group that is given it before it is taken from the person, and until the end.
      expect(await feedOf(reader(true, 'PERSON/ann', 'GROUP/x'), { types })).toEqual([
        ['Gained', at.ann],
        ['Lost', at.notGroup],
      ]);
    });

    it('tells nothing of before a name is known to have been theirs', async () => {
      const told = { anybody: at.off, holders: [{ name: 'PERSON/ann', since: at.notAnn }] };
      expect(await feedOf({ ...reader(true, 'PERSON/ann'), told }, { types })).toEqual([
        ['Lost', at.notAnn],
        ['Lost', at.off],
      ]);
      expect(await feedOf({ ...reader(true, 'PERSON/ann'), told: null }, { types })).toEqual([]);
    });

    it('puts an entry before the event of its sequence and never parts them', async () => {
      await used().recorder.record(happening(given, 'GivenTo', { name: 'PERSON/fay' }));
      at.fay = used().recorder.head;
      await used().current();
      const fay = reader(false, 'PERSON/fay');
      const session = used().readModels.session(fay);
      const whole = await session.events({ after: from, first: 99 });
      expect(whole.rows.map(({ envelope }) => envelope.type).slice(-2)).toEqual(['Gained', 'GivenTo']);
      expect(whole.hasNext).toBe(false);
      // Everything of the case, from its first event on, can be read now.
      expect(whole.rows.filter(({ envelope }) => envelope.stream === `case-${given}`)).toHaveLength(10);
      const pages = [];
      for (let after = from, hasNext = true; hasNext;) {
        const page = await session.events({ after, first: 1 });
        pages.push(...page.rows);
        after = page.rows.at(-1)!.envelope.sequence;
        hasNext = page.hasNext;
      }
      expect(pages.map(({ envelope }) => envelope)).toEqual(whole.rows.map(({ envelope }) => envelope));
    });

    it('says of which case, from whom and when, and no more', async () => {
      const session = used().readModels.session(reader(false, 'PERSON/ann'));
      const { rows } = await session.events({ after: from, first: 9, types });
      const lost = used().recorder.events.find(({ sequence }) => sequence === at.notAnn)!;
      expect(rows[1]).toMatchObject({
        payload: { caseId: given },
        envelope: {
          ...{ type: 'Lost', stream: `case-${given}`, sequence: at.notAnn, recordedAt: lost.recordedAt },
          ...{
            actor: { id: 'system', kind: 'SYSTEM' },
            commandId: null,
            hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        },
      });
      expect(new Set(rows.map(({ envelope }) => envelope.id)).size).toBe(2);
      expect(rows.map(({ envelope }) => envelope.id)).not.toContain(lost.id);
    });
  });
}
