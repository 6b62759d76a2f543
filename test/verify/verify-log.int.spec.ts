import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import fc from 'fast-check';
import { LogCannotOpen } from '#event-sourcing/log/errors.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import {
  type LogHead,
  type VerifiedLog,
  verifyLog,
  type VerifyOptions,
} from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { registry } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { addCase, makeExampleLog, reseal, resealToEnd } from '../builders/example-log.js';

/** What threads import it from: most tests do without them, for they take a second to start. */
const module = projectionsModule();

let folder: string;
let sound: string;
let file: string;
let head: LogHead;
let events: number;
let copies = 0;

const verify = (options: Partial<VerifyOptions> = {}): Promise<VerifiedLog> =>
  verifyLog(file, { registry, ...options });

/** From now on another copy of the sound log is meant. */
function renew(): void {
  file = join(folder, `${++copies}.sqlite`);
  copyFileSync(sound, file);
}

/** Alters the copy that is verified. */
function alter(change: (db: DatabaseSyncInstance) => void): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    change(db);
  } finally {
    db.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caseledger-verify-'));
  sound = join(folder, 'sound.sqlite');
  await makeExampleLog(sound);
  renew();
  ({ head, events } = await verify());
});
beforeEach(() => renew());
afterAll(() => rmSync(folder, { recursive: true }));

describe('verifying a sound log', () => {
  it('finds nothing, and tells identity, head and digest', async () => {
    const found = await verify();
    expect(found).toMatchObject({ verdict: 'SOUND', first: null, unknown: {}, streams: 5 });
    expect(found.problems).toEqual({ ALTERED: 0, OUT_OF_ORDER: 0, MISSING: 0 });
    const log = await openSqliteLog({ file });
    expect([found.logId, found.events]).toEqual([await log.identity(), (await log.head()).sequence]);
    await log.close();
    const db = new DatabaseSync(file, { readOnly: true });
    const hashes = db.prepare('SELECT hash FROM events ORDER BY sequence').all() as { hash: string }[];
    db.close();
    const digest = createHash('sha256')
      .update(hashes.map(({ hash }) => `${hash}\n`).join(''))
      .digest('hex');
    expect(found.head).toEqual({ sequence: events, digest });
  });

  it('accepts an earlier head, and finds the same with threads and without', async () => {
    const before = (await verifyUpTo(40)).head;
    renew();
    const [one, two] = await Promise.all([verify({ head: before }), verify({ head: before, registry: module })]);
    expect(one).toEqual(two);
    expect(two.verdict).toBe('SOUND');
  });

  it('changes nothing and needs no write access', async () => {
    const before = readFileSync(file);
    const names = readdirSync(folder);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    if (process.geteuid?.() === 0) process.seteuid!(65_534);
    try {
      expect((await verify()).verdict).toBe('SOUND');
    } finally {
      if (process.getuid?.() === 0) process.seteuid!(0);
      chmodSync(folder, 0o755);
      chmodSync(file, 0o644);
    }
    expect(readdirSync(folder)).toEqual(names);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('reads what stands only in the write-ahead log, with its index and without', async () => {
    const log = await openSqliteLog({ file });
    const added = await addCase(log);
    try {
      expect(await verify()).toMatchObject({ verdict: 'SOUND', events: events + added });
      const copy = join(folder, 'copy.sqlite');
      for (const side of ['', '-wal']) copyFileSync(file + side, copy + side);
      expect(statSync(`${copy}-wal`).size).toBeGreaterThan(0);
      expect(await verifyLog(copy, { registry })).toMatchObject({ verdict: 'SOUND', events: events + added });
      expect(existsSync(`${copy}-shm`)).toBe(false);
    } finally {
      await log.close();
    }
  });

  it('tells of types and versions that it does not know, and finds no fault in them', async () => {
    alter((db) => reseal(db, events, { type: 'FromTheFuture' }));
    expect(await verify()).toMatchObject({ verdict: 'SOUND', unknown: { 'FromTheFuture version 1': 1 } });
  });
});

/** What is left of the log when it is cut off after this sequence. */
async function verifyUpTo(sequence: number): Promise<VerifiedLog> {
  alter((db) => db.exec(`DELETE FROM events WHERE sequence > ${sequence}`));
  return verify();
}

describe('verifying a log that is not what was recorded', () => {
  it('names the first bad event and what is wrong', async () => {
    alter((db) =>
      db.exec(`UPDATE events SET payload = replace(payload, 'partner', 'Partner') WHERE sequence IN (30, 31, 32, 33)`),
    );
    const { verdict, first } = await verify();
    expect(verdict).toBe('ALTERED');
    const db = new DatabaseSync(file, { readOnly: true });
    const { id, type } = db.prepare(`SELECT id, type FROM events WHERE sequence = ${first!.sequence}`).get() as {
      id: string;
      type: string;
    };
    db.close();
    expect(first).toMatchObject({ kind: 'ALTERED', event: { id, type }, what: 'its content does not match its hash' });
    expect(first!.sequence).toBeGreaterThanOrEqual(30);
  });

  it('notices one byte of the file', async () => {
    const bytes = readFileSync(file);
    const at = bytes.indexOf('The partner told us that.');
    bytes[at] = 't'.charCodeAt(0);
    writeFileSync(file, bytes);
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
    alter((db) => reseal(db, events, { type: 'NoteAdded', payload: note }));
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
    expect(await verify({ head })).toMatchObject({ verdict: 'ALTERED' });
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
    alter((db) => reseal(db, events, change));
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: events, what: expect.stringMatching(why) },
    });
  });

  it('notices an id that is there twice in its stream', async () => {
    alter((db) => {
      const { id } = db
        .prepare(
          `SELECT id FROM events WHERE stream_id = (SELECT stream_id FROM events WHERE sequence = ${events}) ORDER BY sequence`,
        )
        .get() as { id: string };
      reseal(db, events, { id });
    });
    expect(await verify()).toMatchObject({
      verdict: 'ALTERED',
      first: { sequence: events, what: expect.stringMatching(/^its id is that of event \d+ of the same stream$/) },
    });
  });

  it('notices an index that leads readers of a stream to another event', async () => {
    const db = new DatabaseSync(file, { readOnly: true });
    const { root } = db
      .prepare(`SELECT rootpage AS root FROM sqlite_schema WHERE name = 'sqlite_autoindex_events_1'`)
      .get() as { root: number };
    db.close();
    const bytes = readFileSync(file);
    // The page is filled from its end: that is the row id of its first entry.
    bytes[root * 4_096 - 1] ^= 1;
    writeFileSync(file, bytes);
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
    ['no file', () => rmSync(file)],
    ['a file that is no database', () => writeFileSync(file, 'not a log '.repeat(1_000))],
    ['an empty file', () => writeFileSync(file, '')],
    ['the first half of a file', () => writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size / 2))],
  ])('cannot read %s', async (_, spoil) => {
    spoil();
    await expect(verify()).rejects.toBeInstanceOf(LogCannotOpen);
  });

  it('misses no change at random, given the head', async () => {
    const verdicts = {
      alter: /ALTERED/,
      drop: /MISSING/,
      reorder: /ALTERED/,
      insert: /ALTERED/,
      truncate: /MISSING/,
      recompute: /ALTERED/,
    };
    const place = fc.integer({ min: 2, max: events });
    const change = fc.oneof(
      fc.record({ how: fc.constant('alter' as const), at: place, column: fc.constantFrom(...COLUMNS), byte: fc.nat() }),
      fc.record({ how: fc.constant('drop' as const), at: place, renumber: fc.boolean() }),
      fc
        .record({ how: fc.constant('reorder' as const), at: place, other: place, whole: fc.boolean() })
        .filter(({ at, other }) => at !== other),
      fc.record({ how: fc.constant('insert' as const), at: place, from: place, sealed: fc.boolean() }),
      fc.record({ how: fc.constant('truncate' as const), at: place }),
      fc.record({ how: fc.constant('recompute' as const), at: fc.integer({ min: 2, max: events }) }),
    );
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        renew();
        alter((db) => apply(db, one));
        const found = await verify({ head });
        expect(found.verdict).toMatch(
          one.how === 'alter' && one.column === 'sequence' ? /MISSING|ALTERED/ : verdicts[one.how],
        );
        expect(found.first).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

const COLUMNS = [
  'payload',
  'metadata',
  'hash',
  'id',
  'type',
  'command_id',
  'revision',
  'schema_version',
  'stream_id',
  'sequence',
] as const;

type Change =
  | { how: 'alter'; at: number; column: (typeof COLUMNS)[number]; byte: number }
  | { how: 'drop'; at: number; renumber: boolean }
  | { how: 'reorder'; at: number; other: number; whole: boolean }
  | { how: 'insert'; at: number; from: number; sealed: boolean }
  | { how: 'truncate' | 'recompute'; at: number };

function apply(db: DatabaseSyncInstance, change: Change): void {
  const { at } = change;
  const far = 1_000_000;
  switch (change.how) {
    case 'alter':
      return alterCell(db, at, change.column, change.byte);
    case 'drop':
      db.exec(`DELETE FROM events WHERE sequence = ${at}`);
      // Row by row, or two would meet on the way.
      if (change.renumber)
        db.exec(
          `UPDATE events SET sequence = sequence + ${far} WHERE sequence > ${at}; UPDATE events SET sequence = sequence - ${far} - 1 WHERE sequence > ${far}`,
        );
      return;
    case 'reorder':
      if (change.whole)
        db.exec(
          `UPDATE events SET sequence = -1 WHERE sequence = ${at}; UPDATE events SET sequence = ${at} WHERE sequence = ${change.other}; UPDATE events SET sequence = ${change.other} WHERE sequence = -1`,
        );
      else swapContents(db, at, change.other);
      return;
    case 'insert':
      db.exec(
        `UPDATE events SET sequence = sequence + ${far} WHERE sequence >= ${at}; UPDATE events SET sequence = sequence - ${far} + 1 WHERE sequence > ${far}`,
      );
      return insertCopy(db, at, change.from >= at ? change.from + 1 : change.from, change.sealed);
    case 'truncate':
      db.exec(`DELETE FROM events WHERE sequence >= ${at}`);
      return;
    case 'recompute':
      resealToEnd(db, at, invented(db, at));
  }
}

function alterCell(db: DatabaseSyncInstance, at: number, column: string, byte: number): void {
  const { value } = db.prepare(`SELECT ${column} AS value FROM events WHERE sequence = ?`).get(at) as {
    value: string | number | null;
  };
  let altered: string | number = 'x';
  // Numbers go where no other row of the stream stands.
  if (typeof value === 'number') altered = value + 1_000 + (byte % 1_000);
  else if (value !== null && value.length > 0) {
    const place = byte % value.length;
    const character = value.charCodeAt(place) === 0x78 ? 'y' : 'x';
    altered = value.slice(0, place) + character + value.slice(place + 1);
  }
  db.prepare(`UPDATE events SET ${column} = ? WHERE sequence = ?`).run(altered, at);
}

function swapContents(db: DatabaseSyncInstance, at: number, other: number): void {
  const columns = ['id', 'type', 'schema_version', 'command_id', 'command_hash', 'hash', 'payload', 'metadata'];
  const read = db.prepare(`SELECT ${columns.join(', ')} FROM events WHERE sequence = ?`);
  read.setReturnArrays(true);
  const [first, second] = [read.get(at), read.get(other)] as unknown as [string[], string[]];
  const write = db.prepare(
    `UPDATE events SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE sequence = ?`,
  );
  write.run(...second, at);
  write.run(...first, other);
}

/** A copy of an event at the end of its stream as it is, or sealed anew as the first of a stream of its own. */
function insertCopy(db: DatabaseSyncInstance, at: number, from: number, newStream: boolean): void {
  const stream = `case-inserted-${at}`;
  const streamId = newStream
    ? Number(db.prepare('INSERT INTO streams (name) VALUES (?)').run(stream).lastInsertRowid)
    : null;
  db.prepare(
    `INSERT INTO events (sequence, stream_id, revision, id, type, schema_version, command_id, command_hash, hash, payload, metadata)
     SELECT ?1, coalesce(?2, stream_id), iif(?2 IS NULL, (SELECT max(revision) + 1 FROM events e WHERE e.stream_id = events.stream_id), 0),
       id, type, schema_version, command_id, command_hash, hash, payload, metadata FROM events WHERE sequence = ?3`,
  ).run(at, streamId, from);
  if (newStream) reseal(db, at, { stream, revision: '0', previousHash: null });
}

/** A payload of the same shape that says something else. */
function invented(db: DatabaseSyncInstance, at: number): object {
  const { payload } = db.prepare('SELECT payload FROM events WHERE sequence = ?').get(at) as { payload: string };
  return JSON.parse(
    payload.replace(/"(Party \d+|Party, as of \d+|Example \d+|[^"]*The partner told us[^"]*)"/, '"invented"'),
  ) as object;
}

describe('what verifying cannot notice without an earlier head', () => {
  it('is a cut tail, hashes recomputed to the end of a stream, and streams that changed places', async () => {
    const changes: Change[] = [
      { how: 'truncate', at: events },
      { how: 'recompute', at: events - 3 },
      { how: 'reorder', at: 10, other: 11, whole: true },
    ];
    for (const change of changes) {
      renew();
      alter((db) => {
        const [at, other] = change.how === 'reorder' ? neighbours(db) : [change.at, 0];
        apply(db, { ...change, at, other } as Change);
      });
      expect((await verify()).verdict).toBe('SOUND');
      expect((await verify({ head })).verdict).not.toBe('SOUND');
    }
  });
});

/** Events of different streams that stand side by side. */
function neighbours(db: DatabaseSyncInstance): [number, number] {
  const found = db
    .prepare(
      `SELECT a.sequence FROM events a JOIN events b ON b.sequence = a.sequence + 1 AND b.stream_id <> a.stream_id
       WHERE a.sequence > 1 ORDER BY a.sequence LIMIT 1`,
    )
    .get() as { sequence: number };
  return [found.sequence, found.sequence + 1];
}
