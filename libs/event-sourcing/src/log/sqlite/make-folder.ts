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
  mkdirSync(path, isLast ? { mode: 0o700 } : undefined);
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
