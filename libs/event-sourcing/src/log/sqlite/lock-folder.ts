import { join, resolve } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { isAlive } from '../../is-alive.js';
import { FolderInUse, LogCannotOpen } from '../errors.js';
import { makeFolder } from './make-folder.js';
import { isBusy, isOutOfSpace, messageOf } from './sqlite-error.js';

/** Locks held by this thread: a connection that nothing refers to is closed, and its lock with it. */
const held = new Set<DatabaseSyncInstance>();

/**
 * Makes this process the folder's only owner until the function returned is called or the process ends, however it ends:
 * the lock is one of the operating system's on the file `lock`, held by an open write transaction. The owner's process id
 * is the file's `user_version`, which others can read meanwhile. (Do not open `lock` by other means in the owning process:
 * with POSIX locks, closing any descriptor of a file gives up the process's locks on it.)
 * Throws `FolderInUse`, or `LogCannotOpen` if the folder cannot be written.
 */
export function lockFolder(folder: string): () => void {
  const path = resolve(folder);
  let db: DatabaseSyncInstance | undefined;
  try {
    makeFolder(path);
    db = new DatabaseSync(join(path, 'lock'));
    // An owner refuses at once; a commit must wait for those who just read the id. Between that commit and the lock that
    // stays another process may come first: then it is the owner.
    db.exec(
      `BEGIN IMMEDIATE; PRAGMA busy_timeout = 2000; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`,
    );
  } catch (error) {
    const refusal = isBusy(error) && db ? new FolderInUse(path, ownerOf(db)) : unusable(path, error);
    db?.close();
    throw refusal;
  }
  const lock = db;
  held.add(lock);
  return () => {
    if (!held.delete(lock)) return;
    try {
      // So that nobody is sent to a process that has let go.
      lock.exec('PRAGMA user_version = 0; COMMIT');
    } catch {
      // Somebody took the file away: it misleads nobody any more.
    } finally {
      lock.close();
    }
  };
}

/**
 * Null if the owner did not write its id in time. Until it has, the file names an earlier owner: so it is given a moment
 * first, and the id of a process that is gone is not taken.
 */
function ownerOf(db: DatabaseSyncInstance): number | null {
  for (let tries = 0; tries < 10; tries++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    try {
      const { user_version: pid } = db.prepare('PRAGMA user_version').get() as { user_version: number };
      if (pid > 0 && isAlive(pid)) return pid;
    } catch {
      // It is writing its id at this moment.
    }
  }
  return null;
}

function unusable(folder: string, error: unknown): LogCannotOpen {
  const remedy = isOutOfSpace(error)
    ? 'free some space on its disk and start again'
    : 'make it a folder this user may write in, or set DATA_DIR to one';
  return new LogCannotOpen(`The folder ${folder} cannot be used (${messageOf(error)}): ${remedy}.`, { cause: error });
}
