import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { PART, restoringBeside, unfinishedRestores } from '#event-sourcing/log/sqlite/missing-log.js';
import { makeFolder } from '#event-sourcing/log/sqlite/make-folder.js';
import { openUnmodified, withoutModifying } from '#event-sourcing/log/sqlite/verify/unmodified.js';
import { verifyLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { sync } from '#event-sourcing/on-disk.js';
import { projections } from '#investigation/projections.js';
import { rebuildStore } from '#read-models/sqlite/rebuild.js';
import { storeFileName } from '#read-models/sqlite/stores.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { Refused } from '../exit.js';
import { Progress } from '../progress.js';
import { copyDurably, copyPart, outOfSpace, placeDurably } from './durable.js';
import { type Manifest, readManifest } from './manifest.js';
import { isOfRestore } from './remains.js';

export interface Restored {
  manifest: Manifest;
  /** The last sequence of the log that was there; null if there was none; `unreadable` if it could not be told. */
  before: number | null | 'unreadable';
  /** Where what was there is kept now; null if there was nothing. */
  kept: string | null;
}

export interface RestoreOptions {
  /** What is in the folder may be replaced. */
  replace: boolean;
  /** The read models are in the folder, too. */
  builds: boolean;
}

/**
 * Puts a backup into a data folder that is empty or not there, or in place of what is there, which is kept beside it; and
 * builds the read models. Rejects with `Refused`, `FolderInUse` (a server runs on it) and `LogCannotOpen`.
 */
export async function restoreBackup(
  source: string,
  dataFolder: string,
  { replace, builds }: RestoreOptions,
): Promise<Restored> {
  // Of a link, where it leads to: it is to lead there afterwards, too.
  const target = leadsTo(dataFolder);
  const manifest = await readManifest(source);
  await verifyBackup(source, manifest);
  if (existsSync(target) && !statSync(target).isDirectory()) throw new Refused(`${target} is no folder.`);
  makeFolder(target);
  const unlock = lockFolder(target);
  try {
    const inUse = readdirSync(target).filter((name) => !/^lock(-journal)?$/.test(name));
    const isUnfinished = isOfRestore(inUse);
    if (isUnfinished || inUse.length === 0) {
      // But the name by which no server begins there.
      for (const name of inUse) if (name !== `${KEPT.log}${PART}`) rmSync(join(target, name));
      place(target, source, manifest);
      removeUnfinished(target);
      if (builds) await build(target, manifest).catch(leftToStart(target));
      return { manifest, before: null, kept: null };
    }
    if (!replace) {
      throw new Refused(
        `${target} is not empty: set DATA_DIR to an empty folder, or say --replace to keep what is there beside it.`,
      );
    }
    removeUnfinished(target);
    const before = headOf(join(target, KEPT.log));
    return { manifest, before, kept: await exchange(target, source, manifest, builds) };
  } finally {
    unlock();
  }
}

/** Where a folder is, or is to be made: at the end of a link, also of one that leads nowhere since a restore was broken off. */
function leadsTo(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? resolve(dirname(folder), readlinkSync(folder)) : resolve(folder);
}

/** Removes what restores that were killed have left beside a folder. Without a log in it, a server may begin one there then. */
function removeUnfinished(target: string): void {
  for (const left of unfinishedRestores(target)) rmSync(left, { recursive: true, force: true });
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

/**
 * The log first and under another name, keys, then the log's name: a server that finds less than all of it finds a log without
 * its name, and begins no other one.
 */
function place(folder: string, source: string, { files }: Manifest): void {
  try {
    const log = join(folder, KEPT.log);
    const part = copyPart(join(source, KEPT.log), log);
    const names = Object.keys(files).filter((name) => name !== KEPT.log);
    for (const name of names) copyDurably(join(source, name), join(folder, name));
    placeDurably(part, log);
  } catch (error) {
    outOfSpace(folder)(error);
  }
}

/** What is restored is whole without what is built from it. */
const leftToStart =
  (folder: string) =>
  (error: Error): never => {
    throw new Refused(
      `${error.message.replace(/[.;]?$/, ';')} all that was backed up is in ${folder}, and a server that is started on it builds the read models.`,
    );
  };

async function build(folder: string, { logId, head }: Manifest): Promise<void> {
  const progress = new Progress('Building the read models', head.sequence);
  try {
    await rebuildStore({
      file: join(folder, storeFileName(projections)),
      logFile: join(folder, KEPT.log),
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
async function exchange(target: string, source: string, manifest: Manifest, builds: boolean): Promise<string> {
  const parent = dirname(target);
  const fresh = mkdtempSync(restoringBeside(target));
  const kept = `${target}.replaced-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    place(fresh, source, manifest);
    if (builds) await build(fresh, manifest);
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
    let db: DatabaseSyncInstance | undefined;
    try {
      db = openUnmodified(source.url);
      return (db.prepare('SELECT max(sequence) AS head FROM events').get() as { head: number | null }).head ?? 0;
    } finally {
      db?.close();
      source.release();
    }
  } catch {
    return 'unreadable';
  }
}
