import { randomUUID } from 'node:crypto';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

it('pages of a timeline go on behind the last record, whatever of the case is hidden meanwhile or no longer', async () => {
  const service = await Service.start();
  try {
    const [caseId, notes] = [randomUUID(), Array.from({ length: 6 }, () => randomUUID())];
    const ines = await service.keyFor('ines');
    const rosa = await service.keyFor('rosa', ['REVIEWER']);
    await service.done('openCase', { caseId, title: 'In pages', kind: 'CASE' }, ines);
    for (const noteId of notes) await service.done('addNote', { caseId, noteId, text: { text: 'A note.' } }, ines);
    const named = [{ kind: 'PERSON', id: 'ines' }];
    const limit = (recordId: string) => service.done('limitRecord', { caseId, recordId, named }, ines);
    const open = (recordId: string) => service.done('liftLimit', { caseId, recordId, reason: 'Over.' }, ines);
    const page = (after: string | null, orderBy: string) =>
      service.ask(
        `query ($id: ID!, $after: String) { case(id: $id) {
          timeline(first: 2, after: $after, orderBy: ${orderBy}) { nodes { recordId } pageInfo { endCursor } } } }`,
        { id: caseId, after },
        rosa,
      );
    for (const orderBy of ['OCCURRED', 'RECORDED']) {
      const read = async (after: string | null) => {
        const { data } = await page(after, orderBy);
        const { nodes, pageInfo } = data.case.timeline;
        return { ids: nodes.map((node: { recordId: string }) => node.recordId), cursor: pageInfo.endCursor as string };
      };
      const first = await read(null);
      expect(first.ids).toEqual(notes.slice(0, 2));
      await limit(notes[0]);
      const second = await read(first.cursor);
      expect(second.ids).toEqual(notes.slice(2, 4));
      await open(notes[0]);
      expect((await read(second.cursor)).ids).toEqual(notes.slice(4));
      await limit(notes[3]);
      expect(codeOf(await page(second.cursor, orderBy))).toBe('CURSOR_INVALID');
      await open(notes[3]);
    }
  } finally {
    await service.stop();
  }
});
