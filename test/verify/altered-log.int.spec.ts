import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { LogCannotOpen } from '#event-sourcing/log/errors.js';
import { Checkers } from '#event-sourcing/log/sqlite/verify/checkers.js';
import { withoutModifying } from '#event-sourcing/log/sqlite/verify/unmodified.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { reseal } from '../builders/example-log.js';
import { logToAlter } from './log-to-alter.js';

const here = logToAlter();
const { alter, verify } = here;

describe('verifying a log that is not what was recorded', () => {
  it('names the first bad event and what is wrong', async () => {
    alter((db) =>
      db.exec(`UPDATE events SET payload = replace(payload, 'partner', 'Partner') WHERE sequence IN (30, 31, 32, 33)`),
    );
    const { verdict, first } = await verify();
    expect(verdict).toBe('ALTERED');
    const db = new DatabaseSync(here.file, { readOnly: true });
    const { id, type } = db.prepare(`SELECT id, type FROM events WHERE sequence = ${first!.sequence}`).get() as {
      id: string;
      type: string;
    };
    db.close();
    expect(first).toMatchObject({ kind: 'ALTERED', event: { id, type }, what: 'its content does not match its hash' });
    expect(first!.sequence).toBeGreaterThanOrEqual(30);
  });

  it('notices one byte of the file', async () => {
    const bytes = readFileSync(here.file);
    const at = bytes.indexOf('The partner told us that.');
    bytes[at] = 't'.charCodeAt(0);
    writeFileSync(here.file, bytes);
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { what: 'its content does not match its hash' },
    });
  });

  it('notices bytes that read as the same text but are not it', async () => {
    const note = {
      noteId: '11111111-1111-4111-8111-111111111111',
      text: { text: 'A \uFFFD.', language: 'en' },
      about: [],
    };
    alter((db) => reseal(db, here.events, { type: 'NoteAdded', payload: note }));
    expect((await verify()).verdict).toBe('SOUND');
    alter((db) =>
      db.exec(`UPDATE events SET payload = CAST(replace(CAST(payload AS BLOB), x'EFBFBD', x'F09080') AS TEXT)`),
    );
    expect((await verify()).verdict).toBe('ALTERED');
  });

  it('notices what stands behind a zero byte, where readers of the text stop', async () => {
    alter((db) => db.exec(`UPDATE events SET metadata = CAST(CAST(metadata AS BLOB) || x'0058' AS TEXT)`));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: 1, what: 'its content does not match its hash' },
    });
  });

  it.each([
    ['a stream', `UPDATE streams SET name = name || char(0) || 'x' WHERE id = (SELECT min(id) FROM streams)`],
    ...['id', 'type', 'command_id', 'hash'].map((column) => [
      `a column (${column})`,
      `UPDATE events SET ${column} = ${column} || char(0) || 'x' WHERE sequence = (SELECT max(sequence) FROM events WHERE ${column} IS NOT NULL)`,
    ]),
  ])('notices that the text of %s goes on behind a zero byte', async (_, change) => {
    alter((db) => db.exec(change));
    expect(await verify({ head: here.head })).toMatchObject({ verdict: 'ALTERED' });
  });

  it('notices a stream that begins below its first revision', async () => {
    alter((db) => db.exec('UPDATE events SET revision = -1 WHERE sequence = 1'));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: 1, what: 'its revision is not the one that its metadata holds' },
    });
  });

  it('tells of a number that is too large to be read, and checks what stands beside it', async () => {
    const { logId } = await verify();
    alter((db) => db.exec('UPDATE events SET revision = 9007199254740993 WHERE sequence = 3'));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      logId,
      first: { sequence: 3, what: expect.stringMatching(/^it cannot be read/) },
    });
  });

  it('takes a version below the first for one that is not known', async () => {
    alter((db) => {
      reseal(db, here.events, { schemaVersion: '0' });
      db.exec(`UPDATE events SET schema_version = 0 WHERE sequence = ${here.events}`);
    });
    expect(Object.keys((await verify()).unknown)).toEqual([expect.stringMatching(/ version 0$/)]);
  });

  it('notices what would change the log at a later moment', async () => {
    alter((db) => db.exec(`CREATE TRIGGER t BEFORE INSERT ON events BEGIN SELECT RAISE(IGNORE); END`));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { what: expect.stringContaining('it holds t,') },
    });
  });

  it.each([
    ['payload that does not fit', { payload: { noteId: 7 } }, /does not fit the schema of \w+ version 1/],
    [
      'a previous hash of another event',
      { previousHash: 'f'.repeat(64) },
      /previous hash is not the hash of the event before/,
    ],
    ['another revision', { revision: '77' }, /its revision is not the one that its metadata holds/],
  ])('notices %s behind a hash that was recomputed', async (_, change, why) => {
    alter((db) => reseal(db, here.events, change));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: here.events, what: expect.stringMatching(why) },
    });
  });

  it('notices an id that is there twice in its stream', async () => {
    alter((db) => {
      const { id } = db
        .prepare(
          `SELECT id FROM events WHERE stream_id = (SELECT stream_id FROM events WHERE sequence = ${here.events}) ORDER BY sequence`,
        )
        .get() as { id: string };
      reseal(db, here.events, { id });
    });
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: here.events, what: expect.stringMatching(/^its id is that of event \d+ of the same stream$/) },
    });
  });

  it('notices an index that leads readers of a stream to another event', async () => {
    const db = new DatabaseSync(here.file, { readOnly: true });
    const { root } = db
      .prepare(`SELECT rootpage AS root FROM sqlite_schema WHERE name = 'sqlite_autoindex_events_1'`)
      .get() as { root: number };
    db.close();
    const bytes = readFileSync(here.file);
    // The page is filled from its end: that is the row id of its first entry.
    bytes[root * 4_096 - 1] ^= 1;
    writeFileSync(here.file, bytes);
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { what: expect.stringMatching(/structure is damaged/) },
    });
  });

  it('notices a beginning that is not that of a log', async () => {
    alter((db) => db.exec('DELETE FROM events WHERE sequence = 1'));
    expect(await verify()).toMatchObject({ verdict: 'MISSING', logId: null, first: { sequence: 1 } });
  });

  it.each([
    ['no file', () => rmSync(here.file)],
    ['a file that is no database', () => writeFileSync(here.file, 'not a log '.repeat(1_000))],
    ['an empty file', () => writeFileSync(here.file, '')],
    [
      'the first half of a file',
      () => writeFileSync(here.file, readFileSync(here.file).subarray(0, statSync(here.file).size / 2)),
    ],
  ])('cannot read %s', async (_, spoil) => {
    spoil();
    await expect(verify()).rejects.toBeInstanceOf(LogCannotOpen);
  });

  it('cannot read a page of a file, whatever its thread still answers of what is behind it', async () => {
    const db = new DatabaseSync(here.file, { readOnly: true });
    const { id } = db.prepare('SELECT id FROM events WHERE sequence = 20').get() as { id: string };
    db.close();
    const bytes = readFileSync(here.file);
    bytes[Math.floor(bytes.indexOf(id) / 4_096) * 4_096] = 0;
    writeFileSync(here.file, bytes);
    const data = { url: withoutModifying(here.file).url, registry: projectionsModule().href };
    const checkers = new Checkers(data, 1);
    const found = [checkers.check(0, here.events), checkers.check(here.events - 1, here.events)];
    for (const one of await Promise.allSettled(found)) {
      expect(one).toMatchObject({ reason: expect.any(LogCannotOpen) });
    }
    await delay(100);
    await checkers.close();
  });
});
