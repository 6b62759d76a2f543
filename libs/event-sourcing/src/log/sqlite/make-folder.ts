import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, which its owner alone may enter, and those above it, unless it is there; throws the system's error. Node's own `recursive` never ends below
 * a folder in which nothing can be made (`/proc`).
 */
export function makeFolder(path: string, isLast = true): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path && statSync(above, { throwIfNoEntry: false }) === undefined) makeFolder(above, false);
  try {
    mkdirSync(path, isLast ? { mode: 0o700 } : undefined);
  } catch (error) {
    // Several processes that share a folder for secrets start at once: another one made it since it was looked for.
    if (!isFolder(path)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
