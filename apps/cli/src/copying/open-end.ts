import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type CopyTarget } from '#event-sourcing/log/copying/copy-log.js';
import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { ADDRESS, shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { LogCannotOpen, LogUnavailable, NoEventLog } from '#event-sourcing/log/errors.js';
import { reasonOf } from '#event-sourcing/log/eventstoredb/failures.js';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { openForReading } from '#event-sourcing/log/sqlite/database.js';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { Refused } from '../exit.js';

/** One end of a copy, as `--from` and `--to` name it. */
export type End = { folder: string } | { url: string; prefix: string };

/** `sqlite:` (in DATA_DIR), `sqlite:FOLDER`, `esdb://…`; undefined for anything else. */
export function endOf(address: string, dataFolder: string, prefix: string): End | undefined {
  if (address.startsWith('sqlite:')) return { folder: whole(address.slice('sqlite:'.length) || dataFolder) };
  return ADDRESS.test(address) ? { url: address, prefix } : undefined;
}

/** The folder itself, whatever links lead to it. */
const whole = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : resolve(folder));

/** For people: without a password. */
export const named = (end: End): string => ('folder' in end ? join(end.folder, LOG_FILE) : shownAddress(end.url));

/** Opens the log to copy; a server may go on with it. Rejects with a sentence. */
export async function openSource(end: End): Promise<EventLogReader> {
  if (!('folder' in end)) return openRemoteSource(end);
  const file = join(end.folder, LOG_FILE);
  if (!existsSync(file)) throw new Refused(`There is no log ${file}: name the folder that holds it, as sqlite:FOLDER.`);
  requireLog(file, '--from');
  return openLogReader({ file });
}

async function openRemoteSource(end: { url: string; prefix: string }): Promise<EventLogReader> {
  const log = await openLogReader(end);
  try {
    await log.identity();
    return log;
  } catch (error) {
    await log.close();
    return unopened(end.url, '--from')(error);
  }
}

/** Opens the log to copy to, which begins with `first` if there is none. Rejects with a sentence. */
export async function openTarget(end: End, first: StoredEvent): Promise<CopyTarget & { close(): Promise<void> }> {
  if (!('folder' in end)) {
    const { openEventStoreLog } = await import('#event-sourcing/log/eventstoredb/event-store-log.js');
    const log = await openEventStoreLog({ ...end, first }).catch(unopened(end.url, '--to'));
    return { log, appendsAtOnce: 1, close: () => log.close() };
  }
  const { folder } = end;
  requireNoFile(folder);
  const file = join(folder, LOG_FILE);
  if (existsSync(file)) requireLog(file, '--to');
  const unlock = lockFolder(folder);
  let failed: Error | undefined;
  try {
    const log = await openSqliteLog({ folder, first, onFatal: (error) => (failed ??= error) });
    const close = async (): Promise<void> => {
      await log.close();
      unlock();
    };
    // What is sent in one go, of no more than a group's size, its writer stores in one transaction.
    return { log, appendsAtOnce: 500, close };
  } catch (error) {
    unlock();
    throw failed ?? error;
  }
}

/** The server's own sentence on such an address is about EVENT_LOG. */
const unopened =
  (url: string, option: '--from' | '--to') =>
  (error: unknown): never => {
    const unread = error instanceof LogCannotOpen ? error.cause : error;
    if (!(unread instanceof LogUnavailable)) throw error;
    const reason = reasonOf(unread.cause ?? unread);
    throw new Refused(
      `The log at ${shownAddress(url)} cannot be opened (${reason}): start EventStoreDB there, or correct ${option}.`,
    );
  };

/** The server's own sentence on such a folder is about DATA_DIR. */
function requireNoFile(folder: string): void {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  if (!statSync(there).isDirectory())
    throw new Refused(`The log cannot be copied to ${folder}, as ${there} is a file: name a folder, as sqlite:FOLDER.`);
}

/** As `requireNoFile`: the sentence on such a file is about DATA_DIR too. */
function requireLog(file: string, option: '--from' | '--to'): void {
  try {
    openForReading(file).close();
  } catch (error) {
    // What else is wrong with a log is said where it is opened for good.
    if (!(error instanceof NoEventLog)) return;
    const remedy = `name another folder, as ${option} sqlite:FOLDER`;
    throw new Refused(`${file} is no event log, or its beginning is damaged: ${remedy}.`);
  }
}
