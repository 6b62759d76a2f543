import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOutOfSpace } from '#event-sourcing/log/sqlite/sqlite-error.js';

/** A secret's file that holds something else; the message says what to do. */
export class SecretUnreadable extends Error {}

/** There is no space for a secret's file; the message says where. */
export class SecretNotKept extends Error {}

/**
 * A secret of this installation, 32 random bytes as hex, kept in a file of the folder (mode 0600) and made if it is missing:
 * once, though several processes start on the folder at the same time.
 */
export function secretIn(folder: string, name: string): string {
  const file = join(folder, name);
  const secret = read(file) ?? create(file);
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new SecretUnreadable(
    `${file} does not hold a secret (64 hex characters); restore it from a backup, or delete it for a new one.`,
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function create(file: string): string {
  placeSecret(file, `${randomBytes(32).toString('hex')}\n`);
  return read(file)!;
}

/** Written apart and put in place whole, or not at all where somebody else did so before: a crash leaves no half of it behind. */
export function placeSecret(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, file);
  } catch (error) {
    if (isOutOfSpace(error)) {
      throw new SecretNotKept(`The disk that holds ${file} is full: free some space on it and start again.`);
    }
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    // A supervisor starts again and again: what could not be written must not stay of each time.
    rmSync(draft, { force: true });
  }
}
