import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { type VerifiedLog, verifyLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { registry } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { addCase, reseal } from '../builders/example-log.js';
import { logToAlter } from './log-to-alter.js';

/** What threads import it from: most tests do without them, for they take a second to start. */
const module = projectionsModule();

const here = logToAlter();
const { alter, renew, verify } = here;

describe('verifying a sound log', () => {
  it('finds nothing, and tells identity, head and digest', async () => {
    const found = await verify();
    expect(found).toMatchObject({ verdict: 'SOUND', first: null, unknown: {}, streams: 5 });
    expect(found.problems).toEqual({ ALTERED: 0, OUT_OF_ORDER: 0, MISSING: 0 });
    const log = await openSqliteLog({ file: here.file });
    expect([found.logId, found.events]).toEqual([await log.identity(), (await log.head()).sequence]);
    await log.close();
    const db = new DatabaseSync(here.file, { readOnly: true });
    const hashes = db.prepare('SELECT hash FROM events ORDER BY sequence').all() as { hash: string }[];
    db.close();
    const digest = createHash('sha256')
      .update(hashes.map(({ hash }) => `${hash}\n`).join(''))
      .digest('hex');
    expect(found.head).toEqual({ sequence: here.events, digest });
  });

  it('accepts an earlier head, and finds the same with threads and without', async () => {
    const before = (await verifyUpTo(40)).head;
    renew();
    const [one, two] = await Promise.all([verify({ head: before }), verify({ head: before, registry: module })]);
    expect(one).toEqual(two);
    expect(two.verdict).toBe('SOUND');
  });

  it('changes nothing and needs no write access', async () => {
    const before = readFileSync(here.file);
    const names = readdirSync(here.folder);
    chmodSync(here.file, 0o444);
    chmodSync(here.folder, 0o555);
    if (process.geteuid?.() === 0) process.seteuid!(65_534);
    try {
      expect((await verify()).verdict).toBe('SOUND');
    } finally {
      if (process.getuid?.() === 0) process.seteuid!(0);
      chmodSync(here.folder, 0o755);
      chmodSync(here.file, 0o644);
    }
    expect(readdirSync(here.folder)).toEqual(names);
    expect(readFileSync(here.file).equals(before)).toBe(true);
  });

  it('reads what stands only in the write-ahead log, with its index and without', async () => {
    const log = await openSqliteLog({ file: here.file });
    const added = await addCase(log);
    try {
      expect(await verify()).toMatchObject({ verdict: 'SOUND', events: here.events + added });
      const copy = join(here.folder, 'copy.sqlite');
      for (const side of ['', '-wal']) copyFileSync(here.file + side, copy + side);
      expect(statSync(`${copy}-wal`).size).toBeGreaterThan(0);
      expect(await verifyLog(copy, { registry })).toMatchObject({ verdict: 'SOUND', events: here.events + added });
      expect(existsSync(`${copy}-shm`)).toBe(false);
    } finally {
      await log.close();
    }
  });

  it('tells of types and versions that it does not know, and finds no fault in them', async () => {
    alter((db) => reseal(db, here.events, { type: 'FromTheFuture' }));
    expect(await verify()).toMatchObject({ verdict: 'SOUND', unknown: { 'FromTheFuture version 1': 1 } });
  });
});

/** What is left of the log when it is cut off after this sequence. */
async function verifyUpTo(sequence: number): Promise<VerifiedLog> {
  alter((db) => db.exec(`DELETE FROM events WHERE sequence > ${sequence}`));
  return verify();
}
