import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The built file of one of our modules that a worker thread runs (`apps/bundle.mjs` names them all): found from the
 * package's root, so that it is the same file whether the caller runs from `dist/` or, in a test, from its source.
 * `source` is the module's path from the root without extension, such as `libs/x/src/y`.
 */
export function builtFile(source: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('No package.json above this module: it was moved out of its package.');
    folder = above;
  }
  const file = join(folder, 'dist', 'run', `${source}.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first.`);
  return file;
}
