import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** In DATA_DIR: the name of the store that an administrator went back to. It holds over restarts. */
const PIN = 'read-pinned';

/** The file that is pinned; null if none is. */
export function pinnedStore(folder: string): string | null {
  try {
    return join(folder, basename(readFileSync(join(folder, PIN), 'utf8').trim()));
  } catch {
    return null;
  }
}

/** Keeps the name of a store that is pinned, by its file; null: none is any more. Throws the error of the system. */
export function pinStore(folder: string, file: string | null): void {
  if (file === null) rmSync(join(folder, PIN), { force: true });
  else writeFileSync(join(folder, PIN), `${basename(file)}\n`, { flush: true });
}
