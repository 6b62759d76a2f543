import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { canonicalJson } from '#event-sourcing/canonical.js';
import { contentHash } from '#event-sourcing/hash.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { ExampleCase } from '../../apps/cli/src/bench/history/example-case.js';

const CASES = 4;

/** A log's file with four cases that go on in turns, some sixty events. */
export async function makeExampleLog(file: string): Promise<void> {
  const log = await openSqliteLog({ file });
  try {
    const cases = Array.from({ length: CASES }, (_, n) => new ExampleCase(n + 1));
    for (const one of cases) await one.open().store(log);
    for (let visit = 0; visit < 2; visit++) for (const one of cases) await one.goOn().store(log);
  } finally {
    await log.close();
  }
}

/** One more case in a log's file. */
export async function addCase(log: Parameters<ExampleCase['store']>[0]): Promise<number> {
  return new ExampleCase(CASES + 1).open().store(log);
}

/** Members of the metadata to replace (null: to leave out), and the payload. */
export interface Resealed extends Record<string, string | null | object | undefined> {
  payload?: object;
}

/** Writes an event anew with other content, and a hash that fits it: what somebody would do who knows how. */
export function reseal(db: DatabaseSyncInstance, sequence: number, { payload, ...members }: Resealed): void {
  const row = db.prepare('SELECT payload, metadata FROM events WHERE sequence = ?').get(sequence) as Record<
    string,
    string
  >;
  const changed = Object.entries({ ...(JSON.parse(row.metadata) as object), ...members }).filter(
    ([, value]) => value !== null,
  );
  const metadata = canonicalJson(Object.fromEntries(changed));
  const text = payload ? canonicalJson(payload) : row.payload;
  const { id, type } = Object.fromEntries(changed) as Record<string, string>;
  db.prepare('UPDATE events SET id = ?, type = ?, payload = ?, metadata = ?, hash = ? WHERE sequence = ?').run(
    ...[id, type, text, metadata, contentHash(metadata, text), sequence],
  );
}

/** Seals the events of a stream again, from this one to its end, each behind the hash of the one before it. */
export function resealToEnd(db: DatabaseSyncInstance, sequence: number, payload: object): void {
  reseal(db, sequence, { payload });
  const rest = db
    .prepare(
      'SELECT sequence FROM events WHERE sequence > ?1 AND stream_id = (SELECT stream_id FROM events WHERE sequence = ?1) ORDER BY sequence',
    )
    .all(sequence) as { sequence: number }[];
  let before = sequence;
  for (const event of rest) {
    const { hash } = db.prepare('SELECT hash FROM events WHERE sequence = ?').get(before) as { hash: string };
    reseal(db, event.sequence, { previousHash: hash });
    before = event.sequence;
  }
}
