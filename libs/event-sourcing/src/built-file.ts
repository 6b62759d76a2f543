import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/**
 * The built file of one of our modules that a worker thread runs (`apps/bundle.mjs` names them all): the same file whether
 * the caller runs from what was built or, in a test, from its source.
 * `source` is the module's path from the root without extension, such as `libs/x/src/y`.
 */
export function builtFile(source: string): string {
  const file = join(packageRoot, 'dist', 'run', `${source}.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first.`);
  return file;
}
