import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The file that holds the words of a store's rows: another one, as indexing them takes as long as a rebuild does. */
export const searchFileOf = (store: string): string =>
  join(dirname(store), basename(store).replace(/^read-/, 'search-'));

/** Deletes an index with its side files. */
export function removeSearchFile(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
}

/** Deletes the index of a store's texts; a store that is not named as one has none. */
export function removeSearchOf(store: string): void {
  if (searchFileOf(store) !== store) removeSearchFile(searchFileOf(store));
}
