import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

const { name, version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};
export { version };

/** Name and version of this software, as answers carry it. */
export const software = `${name} ${version}`;
