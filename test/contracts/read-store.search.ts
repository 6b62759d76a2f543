import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type AccessFilter, ANYBODY, EVERYTHING } from '#read-models/access-filter.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { termsOf } from '#read-models/search/text-query.js';
import { type ReadStoreUnderTest } from './read-store.contract.js';
import { happening, noteAdded, opened } from './read-store.events.js';
import { using } from './read-store.using.js';
import { worldAt } from './read-store.world.js';

const VOCABULARY = ['model', 'Modell', 'distill', 'Distillation', 'élan', 'ELAN', 'API', 'a', 'Straße', '模型', '2024'];
const words = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 6 }).map((some) => some.join(' '));

interface Looked {
  words: string[];
  isPrefix: boolean;
}
const looked = fc.record({
  words: fc.array(fc.constantFrom(...VOCABULARY, 'mod', 'nothing'), { minLength: 1, maxLength: 3 }),
  isPrefix: fc.boolean(),
});
const written = ({ words, isPrefix }: Looked): string => `"${words.join(' ')}"${isPrefix ? '*' : ''}`;

/** Of what a text is made, without any of the code under test. */
const plain = (text: string): string =>
  ` ${text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;
const holds = (text: string, { words, isPrefix }: Looked): boolean =>
  plain(text).includes(isPrefix ? plain(words.join(' ')).slice(0, -1) : plain(words.join(' ')));

/** The rank of a version: of what every engine makes the same cursor. Cases are the first read model, notes the second. */
const rankOf = ([sequence, nth]: readonly [number, number], place: number): number =>
  (sequence * 1024 + nth) * 128 + place;

/** What is found by words: now and as of a moment, under the access filter, page by page. */
export function searchContract(open: () => Promise<ReadStoreUnderTest>): void {
  describe('searches', () => {
    const used = using(open);
    const found = async (text: string, at?: ReadPoint, models?: string[], session?: ReadSession) => {
      session ??= await used().session();
      return (await session.search(termsOf(text), { first: 100, models }, at ?? (await session.at()))).hits;
    };
    const texts = async (...args: Parameters<typeof found>): Promise<unknown[]> =>
      (await found(...args)).map(({ row }) => row.title ?? row.text);

    it('find words whatever their case and accents, prefixes and phrases, the last changed first', async () => {
      const [id, other] = [randomUUID(), randomUUID()];
      await used().recorder.record(
        opened(id, 'Élan vital'),
        noteAdded(id, randomUUID(), 'The model distillation of GROSSE Modelle'),
        noteAdded(id, randomUUID(), 'distillation model'),
        opened(other, 'Distilled élan'),
      );
      expect(await texts('ELAN')).toEqual(['Distilled élan', 'Élan vital']);
      expect(await texts('distillation model')).toEqual([
        'distillation model',
        'The model distillation of GROSSE Modelle',
      ]);
      expect(await texts('"model distillation"')).toEqual(['The model distillation of GROSSE Modelle']);
      expect(await texts('distil*')).toHaveLength(3);
      expect(await texts('distil')).toEqual([]);
      expect(await texts('"große mod"*')).toEqual([]);
      expect(await texts('"grosse mod"*')).toEqual(['The model distillation of GROSSE Modelle']);
      expect(await texts('distil*', undefined, ['cases'])).toEqual(['Distilled élan']);
      // A phrase does not reach from one text of a row into the next: a note's text is followed by its status.
      expect(await texts('"model recorded"')).toEqual([]);
      const [hit] = await found('vital');
      expect(hit).toMatchObject({ subjectId: id, model: { name: 'cases' }, texts: ['Élan vital'], row: { id } });
    });

    it('find what is written without blanks in the midst of more', async () => {
      const id = randomUUID();
      const longer = '他们用OpenAI的模型蒸馏技术。';
      await used().recorder.record(opened(id), noteAdded(id, randomUUID(), longer));
      await used().recorder.record(noteAdded(id, randomUUID(), '蒸发的馏分'));
      expect(await texts('蒸馏')).toEqual([longer]);
      expect(await texts('openai 模型')).toEqual([longer]);
      expect(await texts('"模型 蒸"*')).toEqual([longer]);
      expect(await texts('型模')).toEqual([]);
    });

    it('find each word of a row, however many it has', async () => {
      const [id, noteId, otherId] = [randomUUID(), randomUUID(), randomUUID()];
      // Together they have more bytes of words than PostgreSQL tells apart in one text.
      const many = (begin: string) =>
        Array.from({ length: 7_000 }, (_, n) => `${begin}${n}${'x'.repeat(80)}`).join(' ');
      await used().recorder.record(opened(id), noteAdded(id, noteId, `quokka ${many('left')}`));
      await used().recorder.record(noteAdded(id, otherId, `${many('right')} last`));
      await used().recorder.record(happening(id, 'NotesMerged', { noteId, otherId }));
      const ids = async (text: string) => (await found(text)).map(({ row }) => row.id);
      const there = [`right6999${'x'.repeat(80)}`, 'right69*', 'quokka right6999*', '"quokka left0"*', 'quokka last'];
      for (const text of there) expect([text, await ids(text)]).toEqual([text, [noteId]]);
      expect([await ids('right70000*'), await ids('"quokka last"'), await ids('quokka righ')]).toEqual([[], [], []]);
    });

    it.each(['', '…', '"', '*', ' - '])('refuse a text without words: %j', (text) => {
      expect(() => termsOf(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }) as Error);
    });

    it('find what stands now, and as of a moment what stood then', async () => {
      const [id, noteId] = [randomUUID(), randomUUID()];
      await used().recorder.record(opened(id), noteAdded(id, noteId, 'formerly quixotic'));
      const then = used().recorder.head;
      await used().recorder.record(happening(id, 'NoteAmended', { noteId, text: 'presently quixotic' }));
      const session = await used().session();
      const past = await session.at({ sequence: then });
      expect([await texts('quixotic'), await texts('formerly')]).toEqual([['presently quixotic'], []]);
      expect([await texts('quixotic', past), await texts('presently', past)]).toEqual([['formerly quixotic'], []]);
    });

    it('find what may be seen now, also as of a moment when it could be', async () => {
      const [id, noteId] = [randomUUID(), randomUUID()];
      const { recorder, readModels } = used();
      await recorder.record(opened(id), noteAdded(id, noteId, 'zebra one'), noteAdded(id, randomUUID(), 'zebra two'));
      const then = recorder.head;
      const filter: AccessFilter = {
        ...EVERYTHING,
        subjects: { anybody: true, holders: ['ann'], fromGrant: false },
        walls: { names: ['ann'], byName: ['LIMIT'], asMember: [] },
      };
      const seen = async (asOf?: object) => {
        await used().current();
        const session = readModels.session(filter);
        return texts('zebra', await session.at(asOf), undefined, session);
      };
      expect(await seen()).toEqual(['zebra two', 'zebra one']);
      await recorder.record(happening(id, 'Walled', { noteId, wall: 'w', kind: 'LIMIT', names: ['bob'] }));
      expect([await seen(), await seen({ sequence: then })]).toEqual([['zebra two'], ['zebra two']]);
      await recorder.record(happening(id, 'ClosedOff'));
      expect([await seen(), await seen({ sequence: then })]).toEqual([[], []]);
      await recorder.record(happening(id, 'GivenTo', { name: 'ann', history: true }));
      expect(await seen()).toEqual(['zebra two']);
      expect(ANYBODY).toBe('*');
    });

    it('find the same rows in the same order and under the same cursors, whatever is looked for', async () => {
      const id = randomUUID();
      await used().recorder.record(opened(id));
      const some = fc.sample(fc.record({ text: words, signed: fc.boolean() }), { numRuns: 60, seed: 7 });
      const ids = some.map(() => randomUUID());
      await used().recorder.record(...some.map(({ text, signed }, n) => noteAdded(id, ids[n], text, signed)));
      const middle = used().recorder.head;
      await used().recorder.record(
        ...ids
          .filter((_, n) => n % 3 === 0)
          .map((noteId, n) => happening(id, 'NoteAmended', { noteId, text: some[n].text })),
      );
      const session = await used().session();
      const points = [await session.at(), await session.at({ sequence: middle })];
      await fc.assert(
        fc.asyncProperty(
          fc.array(looked, { minLength: 1, maxLength: 3 }),
          fc.integer({ min: 1, max: 7 }),
          async (terms, first) => {
            for (const at of points) {
              const { notes } = worldAt(used().recorder.events, at.sequence).get(id)!;
              const expected = [...notes.values()]
                .filter(({ row }) =>
                  terms.every((term) => [row.text, row.status].some((text) => holds(text as string, term))),
                )
                .map(({ changed }) => rankOf(changed, 1))
                .sort((a, b) => b - a);
              const ranks: number[] = [];
              for (let after: number | undefined; ;) {
                const page = await session.search(
                  termsOf(terms.map(written).join(' ')),
                  { models: ['notes'], first, after },
                  at,
                );
                ranks.push(...page.hits.filter(({ subjectId }) => subjectId === id).map(({ rank }) => rank));
                if (!page.hasNext) break;
                expect(page.hits).toHaveLength(first);
                after = page.hits.at(-1)!.rank;
              }
              expect(ranks).toEqual(expected);
            }
          },
        ),
        { numRuns: 40 },
      );
    });

    it('page at the moment of the first page, whatever happens meanwhile', async () => {
      const id = randomUUID();
      await used().recorder.record(opened(id), ...[1, 2, 3].map((n) => noteAdded(id, randomUUID(), `yonder ${n}`)));
      const session = await used().session();
      const { sequence } = await session.at();
      const first = await session.search(termsOf('yonder'), { first: 2 }, await session.at());
      expect([first.hits.map(({ row }) => row.text), first.hasNext]).toEqual([['yonder 3', 'yonder 2'], true]);
      await used().recorder.record(noteAdded(id, randomUUID(), 'yonder 4'));
      const later = await used().session();
      const after = first.hits.at(-1)!.rank;
      const second = await later.search(termsOf('yonder'), { first: 2, after }, await later.point(sequence));
      expect([second.hits.map(({ row }) => row.text), second.hasNext]).toEqual([['yonder 1'], false]);
    });
  });
}
