#!/usr/bin/env node
// Runs the command line as it is built. In a clone it is built first where a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..', '..');
const main = join(root, 'dist', 'run', 'apps', 'cli', 'src', 'main.js');

/** The newest change of any source, in milliseconds; 0 where only what is built was installed. */
function newestSource() {
  let newest = 0;
  for (const part of ['apps', 'libs']) {
    if (!existsSync(join(root, part))) continue;
    for (const name of readdirSync(join(root, part), { recursive: true })) {
      if (/(?<!\.spec)\.ts$/.test(name)) newest = Math.max(newest, statSync(join(root, part, name)).mtimeMs);
    }
  }
  return newest;
}

/** Builds with what it has to say on standard error: standard output is the command's. Ends the process if that fails. */
function build() {
  if (!existsSync(join(root, 'node_modules', '@swc', 'core'))) {
    process.stderr.write('Caseledger is not built, and cannot be without its packages: run npm ci first.\n');
    process.exit(1);
  }
  process.stderr.write('Building Caseledger ...\n');
  const build = join(root, 'apps', 'build.mjs');
  const { status } = spawnSync(process.execPath, [build], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

if (newestSource() > (statSync(main, { throwIfNoEntry: false })?.mtimeMs ?? -1)) build();
await import(pathToFileURL(main).href);
