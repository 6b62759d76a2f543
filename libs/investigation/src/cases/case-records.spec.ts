import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { type PageArgs } from '#api/connection.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadPoint, type ReadSession, type SubjectRow } from '#read-models/read-session.js';
import { noteModel } from '../notes/note-read-model.js';
import { Note } from '../notes/note.js';
import { caseNode } from './case-node.js';
import { caseRecords } from './case-records.js';

describe('the records of a case that others are merged into', () => {
  it('fail as one answer where none of them can be read', async () => {
    const refused = new Error('The answer comes to too much.');
    const session = {
      holdsAny: () => true,
      recordsWhere: () => Promise.resolve({ rows: [{ row: { id: 'other' }, subjectKey: 2 }], hasNext: false }),
      subject: () => Promise.resolve(null),
      records: () => Promise.reject(refused),
    } as unknown as ReadSession;
    const resolver = new (caseRecords({ type: Note, description: 'Notes.', readModel: noteModel }))() as {
      page(parent: object, args: PageArgs, context: RequestContext): Promise<unknown>;
    };
    const parent = caseNode({ row: { id: 'one' }, key: 1 } as unknown as SubjectRow, session, {
      sequence: 7,
      now: true,
    } as unknown as ReadPoint);
    const unheard: unknown[] = [];
    const hear = (error: unknown) => unheard.push(error);
    process.on('unhandledRejection', hear);
    try {
      await expect(resolver.page(parent, {}, {} as RequestContext)).rejects.toBe(refused);
      await setImmediate();
      expect(unheard).toEqual([]);
    } finally {
      process.off('unhandledRejection', hear);
    }
  });
});
