import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { backup, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { makeFolder } from '#event-sourcing/log/sqlite/make-folder.js';
import { PART } from '#event-sourcing/log/sqlite/missing-log.js';
import { verifyLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { openUnmodified, withoutModifying } from '#event-sourcing/log/sqlite/verify/unmodified.js';
import { sync } from '#event-sourcing/on-disk.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { software } from '../../../server/src/software.js';
import { Refused } from '../exit.js';
import { Progress } from '../progress.js';
import { contentOf, copyDurably, outOfSpace, placeDurably } from './durable.js';
import { type Manifest, writeManifest } from './manifest.js';
import { isOfBackup } from './remains.js';

/** Pages of the log that are copied at once. */
const PAGES = 2_000;

/**
 * Copies everything that cannot be rebuilt from a data folder, whether or not a server runs on it, to a folder that is
 * empty or not there; verifies the copy and has it on the disk. Rejects with `Refused`, and then leaves nothing behind.
 */
export async function takeBackup(dataFolder: string, target: string): Promise<Omit<Manifest, 'format'>> {
  const log = join(dataFolder, KEPT.log);
  if (!existsSync(log)) throw new Refused(`${resolve(log)} is not there: set DATA_DIR to the server's data folder.`);
  const made = prepare(target);
  try {
    await copyLog(log, join(target, KEPT.log));
    // After the log: a key in a file that the log does not know opens nothing, the other way round it would be missing.
    for (const name of KEPT.files) {
      if (existsSync(join(dataFolder, name))) copyDurably(join(dataFolder, name), join(target, name));
    }
    const verified = await verifyCopy(join(target, KEPT.log));
    const files: Manifest['files'] = {};
    for (const name of readdirSync(target).sort()) files[name] = await contentOf(join(target, name));
    const { events, head, logId } = verified;
    const manifest = { software, takenAt: new Date().toISOString(), logId: logId!, events, head, files };
    writeManifest(target, manifest);
    sync(dirname(resolve(target)));
    return manifest;
  } catch (error) {
    for (const name of readdirSync(target)) rmSync(join(target, name), { force: true });
    if (made) rmSync(target, { recursive: true });
    return outOfSpace(target)(error);
  }
}

/** True if the folder had to be made. */
function prepare(target: string): boolean {
  try {
    const found = statSync(target, { throwIfNoEntry: false });
    if (!found) {
      makeFolder(resolve(target));
      return true;
    }
    if (found.isDirectory() && readdirSync(target).length === 0) return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused(`${target} cannot be made a folder (${code}): name one that can, or is there and empty.`);
  }
  if (isOfBackup(readdirSync(target)))
    throw new Refused(
      `${target} holds a log without backup.json, as a backup that was broken off leaves it: name another folder, or remove this one if nobody needs it.`,
    );
  throw new Refused(`${target} is not an empty folder: name one that is empty, or is not there yet.`);
}

/** The log at one moment: a reading transaction holds it while its pages are copied, and writers go on. */
async function copyLog(from: string, to: string): Promise<void> {
  const running = existsSync(`${from}-wal`) && existsSync(`${from}-shm`);
  const source = running
    ? { url: `${pathToFileURL(from).href}?mode=ro`, release: () => undefined }
    : withoutModifying(from);
  const part = `${to}${PART}`;
  let db: DatabaseSyncInstance | undefined;
  let progress: Progress | undefined;
  try {
    db = openUnmodified(source.url);
    writeFileSync(part, '', { mode: 0o600 });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM streams').get();
    await backup(db, part, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => {
        progress ??= new Progress('Copying', totalPages, { unit: 'pages' });
        progress.at(totalPages - remainingPages);
      },
    });
    db.exec('COMMIT');
  } finally {
    progress?.end();
    db?.close();
    source.release();
  }
  placeDurably(part, to);
}

async function verifyCopy(file: string) {
  let progress: Progress | undefined;
  const onProgress = (checked: number, of: number): void => (progress ??= new Progress('Verifying', of)).at(checked);
  const verified = await verifyLog(file, { registry: projectionsModule(), onProgress }).finally(() => progress?.end());
  const { verdict, first } = verified;
  if (verdict === 'SOUND') return verified;
  throw new Refused(
    `The log is not sound (${first!.what}, at ${first!.sequence}), so no backup of it is kept: run caseledger verify, and see docs/operating.md.`,
  );
}
