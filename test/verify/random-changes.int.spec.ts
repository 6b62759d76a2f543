import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import fc from 'fast-check';
import { reseal, resealToEnd } from '../builders/example-log.js';
import { logToAlter } from './log-to-alter.js';

const here = logToAlter();
const { alter, renew, verify } = here;

describe('verifying a log that is not what was recorded', () => {
  it('misses no change at random, given the head', async () => {
    const verdicts = {
      alter: /ALTERED/,
      drop: /MISSING/,
      reorder: /ALTERED/,
      insert: /ALTERED/,
      truncate: /MISSING/,
      recompute: /ALTERED/,
    };
    const place = fc.integer({ min: 2, max: here.events });
    const change = fc.oneof(
      fc.record({ how: fc.constant('alter' as const), at: place, column: fc.constantFrom(...COLUMNS), byte: fc.nat() }),
      fc.record({ how: fc.constant('drop' as const), at: place, renumber: fc.boolean() }),
      fc
        .record({ how: fc.constant('reorder' as const), at: place, other: place, whole: fc.boolean() })
        .filter(({ at, other }) => at !== other),
      fc.record({ how: fc.constant('insert' as const), at: place, from: place, sealed: fc.boolean() }),
      fc.record({ how: fc.constant('truncate' as const), at: place }),
      fc.record({ how: fc.constant('recompute' as const), at: fc.integer({ min: 2, max: here.events }) }),
    );
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        renew();
        alter((db) => apply(db, one));
        const found = await verify({ head: here.head });
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
      { how: 'truncate', at: here.events },
      { how: 'recompute', at: here.events - 3 },
      { how: 'reorder', at: 10, other: 11, whole: true },
    ];
    for (const change of changes) {
      renew();
      alter((db) => {
        const [at, other] = change.how === 'reorder' ? neighbours(db) : [change.at, 0];
        apply(db, { ...change, at, other } as Change);
      });
      expect((await verify()).verdict).toBe('SOUND');
      expect((await verify({ head: here.head })).verdict).not.toBe('SOUND');
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
