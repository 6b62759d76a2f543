import { join } from 'node:path';
import { namesIn } from '#event-sourcing/on-disk.js';
import { type ProjectionGroup } from '../read-model.js';
import { type StoreName } from '../keeping/store-place.js';
import { removeStore } from './rebuild.js';

const NAME = /^read-(\d+)(?:\.(\d+))?\.sqlite$/;
const UNFINISHED = /^(read-.*\.sqlite\.building)(?:-wal|-shm)?$/;

/** The file of a version of the read models, in DATA_DIR. */
export const storeFileName = ({ version }: Pick<ProjectionGroup, 'version'>, generation = 1): string =>
  generation === 1 ? `read-${version}.sqlite` : `read-${version}.${generation}.sqlite`;

/** The read stores of a folder, those of the newest version and generation first; there may be no folder. */
export function findStores(folder: string): StoreName[] {
  return namesIn(folder)
    .flatMap((name) => {
      const found = NAME.exec(name);
      return found ? [{ store: join(folder, name), version: Number(found[1]), generation: Number(found[2] ?? 1) }] : [];
    })
    .sort((a, b) => b.version - a.version || b.generation - a.generation);
}

/** Throws away what a build that was broken off has left behind. Only for the folder's owner. */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) {
    const found = UNFINISHED.exec(name);
    if (found) removeStore(join(folder, found[1]));
  }
}
