import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret's file that holds something else; the message says what to do. */
export class SecretUnreadable extends Error {}

/**
 * A secret of this installation, 32 random bytes as hex, kept in a file of the data folder (mode 0600) and made if it is missing.
 * To be called by the folder's owner alone.
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

/** Written apart and put in place whole: a crash leaves no half of a secret behind. */
function create(file: string): string {
  const secret = randomBytes(32).toString('hex');
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  linkSync(draft, file);
  rmSync(draft);
  return secret;
}
