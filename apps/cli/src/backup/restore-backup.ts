import { existsSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { makeFolder } from '#event-sourcing/log/sqlite/make-folder.js';
import { openUnmodified, withoutModifying } from '#event-sourcing/log/sqlite/verify/unmodified.js';
import { verifyLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { projections } from '#investigation/projections.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { storeFileName } from '#read-models/sqlite/stores.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { Refused } from '../exit.js';
import { Progress } from '../progress.js';
import { copyDurably, copyPart, placeDurably, sync } from './durable.js';
import { type Manifest, readManifest } from './manifest.js';
import { isOfRestore } from './remains.js';

/** Behind a folder's name, that of what is made ready to take its place; six characters follow. */
const RESTORING = '.restoring-';

export interface Restored {
  manifest: Manifest;
  /** The last sequence of the log that was there; null if there was none; `unreadable` if it could not be told. */
  before: number | null | 'unreadable';
  /** Where what was there is kept now; null if there was nothing. */
  kept: string | null;
}

/**
 * Puts a backup into a data folder that is empty or not there, or in place of what is there, which is kept beside it; and
 * builds the read models. Rejects with `Refused`, `FolderInUse` (a server runs on it) and `LogCannotOpen`.
 */
export async function restoreBackup(source: string, dataFolder: string, replace: boolean): Promise<Restored> {
  // Of a link, where it leads to: it is to lead there afterwards, too.
  const target = existsSync(dataFolder) ? realpathSync(dataFolder) : resolve(dataFolder);
  const manifest = await readManifest(source);
  await verifyBackup(source, manifest);
  if (existsSync(target) && !statSync(target).isDirectory()) throw new Refused(`${target} is no folder.`);
  makeFolder(target);
  const unlock = lockFolder(target);
  try {
    removeUnfinished(target);
    const inUse = readdirSync(target).filter((name) => !/^lock(-journal)?$/.test(name));
    const isUnfinished = isOfRestore(inUse);
    if (isUnfinished) for (const name of inUse) rmSync(join(target, name));
    if (isUnfinished || inUse.length === 0) {
      await fill(target, source, manifest);
      return { manifest, before: null, kept: null };
    }
    if (!replace) {
      throw new Refused(
        `${target} is not empty: set DATA_DIR to an empty folder, or say --replace to keep what is there beside it.`,
      );
    }
    const before = headOf(join(target, KEPT.log));
    return { manifest, before, kept: await exchange(target, source, manifest) };
  } finally {
    unlock();
  }
}

async function verifyBackup(source: string, { head }: Manifest): Promise<void> {
  let progress: Progress | undefined;
  const onProgress = (checked: number, of: number): void => (progress ??= new Progress('Verifying', of)).at(checked);
  const file = join(source, KEPT.log);
  const { verdict, first } = await verifyLog(file, { registry: projectionsModule(), head, onProgress }).finally(() =>
    progress?.end(),
  );
  if (verdict !== 'SOUND')
    throw new Refused(
      `${file} is not sound (${first!.what}, at ${first!.sequence}): nothing was restored; use another backup.`,
    );
}

/** What restores of this folder that were killed have left beside it: copies of all that is secret. */
function removeUnfinished(target: string): void {
  const parent = dirname(target);
  const start = `${basename(target)}${RESTORING}`;
  const left = readdirSync(parent).filter((name) => name.startsWith(start) && name.length === start.length + 6);
  for (const name of left) rmSync(join(parent, name), { recursive: true, force: true });
}

/**
 * The log first and under another name, keys, the log's name, then what is built from it: a server that finds less than all
 * of it finds a log without its name, and begins no other one.
 */
async function fill(folder: string, source: string, { files, logId, head }: Manifest): Promise<void> {
  const log = join(folder, KEPT.log);
  const part = copyPart(join(source, KEPT.log), log);
  const names = Object.keys(files).filter((name) => name !== KEPT.log);
  for (const name of names) copyDurably(join(source, name), join(folder, name));
  placeDurably(part, log);
  const progress = new Progress('Building the read models', head.sequence);
  try {
    await rebuildStore({
      file: join(folder, storeFileName(projections)),
      logFile: log,
      logId,
      projections: projectionsModule(),
      until: head.sequence,
      progress: (at) => progress.at('events' in at ? at.events : head.sequence),
    });
  } finally {
    progress.end();
  }
}

/** Everything is made ready beside the folder; then two names change. */
async function exchange(target: string, source: string, manifest: Manifest): Promise<string> {
  const parent = dirname(target);
  const fresh = mkdtempSync(join(parent, `${basename(target)}${RESTORING}`));
  const kept = `${target}.replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    await fill(fresh, source, manifest);
    renameSync(target, kept);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (['EBUSY', 'EXDEV', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new Refused(
        `${target} cannot be renamed (${(error as Error).message}): restore into an empty folder, and set DATA_DIR to it.`,
      );
    throw error;
  }
  renameSync(fresh, target);
  sync(parent);
  return kept;
}

function headOf(log: string): Restored['before'] {
  if (!existsSync(log)) return null;
  try {
    const source = withoutModifying(log);
    const db = openUnmodified(source.url);
    try {
      return (db.prepare('SELECT max(sequence) AS head FROM events').get() as { head: number | null }).head ?? 0;
    } finally {
      db.close();
      source.release();
    }
  } catch {
    return 'unreadable';
  }
}
