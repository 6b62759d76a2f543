import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type EventSchema } from '#event-sourcing/registry.js';
import { schemaFolder } from '#event-sourcing/schema-files.js';
import { type Contract } from './contract.js';

const RELEASED = join(packageRoot, 'schemas', 'released');
const GRAPHQL = 'schema.graphql';

/** The version that package.json names. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The schemas in a folder, by what lies there: those of earlier versions are kept, not generated. */
export function schemasIn(folder: string): EventSchema[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as EventSchema);
}

/** What the last release promised; null before the first. */
export function releasedContract(): Contract | null {
  if (!existsSync(RELEASED)) return null;
  return {
    version: readFileSync(join(RELEASED, 'VERSION'), 'utf8').trim(),
    graphql: readFileSync(join(RELEASED, GRAPHQL), 'utf8'),
    events: schemasIn(join(RELEASED, 'events')),
  };
}

/** Makes what is generated now the contract that is kept from now on. */
export function release(): void {
  rmSync(RELEASED, { recursive: true, force: true });
  mkdirSync(RELEASED, { recursive: true });
  cpSync(schemaFolder, join(RELEASED, 'events'), { recursive: true });
  cpSync(join(packageRoot, GRAPHQL), join(RELEASED, GRAPHQL));
  writeFileSync(join(RELEASED, 'VERSION'), `${packageVersion()}\n`);
}
