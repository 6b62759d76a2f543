import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';

/** Puts a file or a folder's entries on the disk. Throws what the system answers. */
export function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The names in a folder; none where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
