import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { OPEN } from '../versions.js';
import { type ProjectionGroup, readModel } from '../read-model.js';
import { BATCH_EVENTS } from '../search/text-index.js';
import { SearchFile } from './search-file.js';
import { searchFileOf } from './search-name.js';
import { openStoreForReading, openStoreForWriting } from './store-file.js';

/** Of notes, whose text and title are searched unless said otherwise. */
const groupOf = (text?: readonly string[]): ProjectionGroup => ({
  ...{ version: 1, category: 'case', access: new Map(), told: { gained: '', lost: '' } },
  models: [readModel({ name: 'notes', level: 'record', text, handlers: [] })],
  prose: (fields) => Object.values(fields) as string[],
});

describe('the index of the texts of a store', () => {
  let folder: string;
  let file: string;
  let store: DatabaseSyncInstance;
  const open: (SearchFile | DatabaseSyncInstance)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-search-'));
    file = join(folder, 'read-1.sqlite');
    store = openStoreForWriting(file, groupOf(), 'log');
  });
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    store.close();
    await rm(folder, { recursive: true });
  });

  /** Writes notes of these words, each by an event of its own. */
  const write = (from: number, ...texts: string[]): void => {
    const insert = store.prepare(
      'INSERT INTO notes (v, valid_to, key, subject_key, id, data) VALUES (?, ?, ?, 1024, ?, ?)',
    );
    store.exec('BEGIN');
    texts.forEach((text, n) => {
      const v = (from + n) * 1024;
      insert.run(v, OPEN, v, `n${v}`, JSON.stringify({ title: 'same', text }));
    });
    store.prepare('UPDATE checkpoint SET sequence = ?').run(from + texts.length - 1);
    store.exec('COMMIT');
  };
  /** Opens it as another process does, brings it up and counts what holds this word. */
  const count = (word: string, group = groupOf()): number => {
    const reading = openStoreForReading(file);
    const index = new SearchFile(reading, group, searchFileOf(file));
    open.push(index, reading);
    while (!index.step());
    const counting = reading.prepare('SELECT count(*) AS n FROM search.docs WHERE docs MATCH ?');
    return (counting.get(word) as { n: number }).n;
  };

  it('is brought up to the store, and goes on from where it was', () => {
    write(1, 'one', 'two');
    expect([count('one'), count('same')]).toEqual([1, 2]);
    write(3, ...Array.from({ length: 2 * BATCH_EVENTS + 1 }, () => 'many'));
    expect([count('many'), count('same')]).toEqual([2 * BATCH_EVENTS + 1, 2 * BATCH_EVENTS + 3]);
  });

  it('is indexed once where two bring it up in turns', () => {
    write(1, ...Array.from({ length: 2 * BATCH_EVENTS }, () => 'many'));
    const two = [0, 1].map(() => {
      const reading = openStoreForReading(file);
      const index = new SearchFile(reading, groupOf(), searchFileOf(file));
      open.push(index, reading);
      return index;
    });
    expect([two[0].step(), two[1].step(), two[0].step()]).toEqual([false, true, true]);
    expect(count('many')).toBe(2 * BATCH_EVENTS);
  });

  it('is made anew where it is of other texts, ahead of the store, or no index at all', async () => {
    write(1, 'one', 'two');
    expect(count('same')).toBe(2);
    for (const one of open.splice(0)) one.close();
    expect(count('same', groupOf(['text']))).toBe(0);
    for (const one of open.splice(0)) one.close();
    store.exec('DELETE FROM notes WHERE v > 1024; UPDATE checkpoint SET sequence = 1');
    expect([count('two', groupOf(['text'])), count('one', groupOf(['text']))]).toEqual([0, 1]);
    for (const one of open.splice(0)) one.close();
    await writeFile(searchFileOf(file), 'no database at all, and longer than its header would be'.repeat(20));
    expect(count('same')).toBe(1);
  });

  it('is gone with its store, where that was deleted by hand and is made anew', async () => {
    write(1, 'one', 'two');
    expect(count('same')).toBe(2);
    for (const one of open.splice(0)) one.close();
    store.close();
    for (const name of [file, `${file}-wal`, `${file}-shm`]) await rm(name, { force: true });
    store = openStoreForWriting(file, groupOf(), 'log');
    // From another past of the log, as long or longer.
    write(1, 'three', 'four', 'five');
    expect([count('one'), count('three'), count('same')]).toEqual([0, 1, 3]);
  });

  it('offers nothing of a read model without texts', () => {
    write(1, 'one');
    expect(count('one', groupOf([]))).toBe(0);
  });
});
