// Compiles every source and test to its place in dist, as Node runs them. Types are checked apart: `npm run typecheck`.
import { transformFile } from '@swc/core';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const SOURCES = ['apps', 'libs', 'test'];

/** As tsconfig.json says it to the type checker. */
const options = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

const built = (path) => join(root, 'dist', path.replace(/\.ts$/, '.js'));

/** All files below a folder, their paths from the project's. */
async function filesOf(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

async function compile(path) {
  const file = built(path);
  await mkdir(dirname(file), { recursive: true });
  if (path.endsWith('.mjs')) return cp(join(root, path), file);
  const { code } = await transformFile(join(root, path), { ...options, sourceFileName: join(root, path) });
  await writeFile(file, code);
}

const allOf = async (folders) => (await Promise.all(folders.map(filesOf))).flat();
const sources = (await allOf(SOURCES)).filter((path) => /(?<!\.d)\.(ts|mjs)$/.test(path));
await Promise.all(sources.map(compile));

// What has no source any more: a test of that kind must not run.
const wanted = new Set(sources.map(built));
const there = await allOf(SOURCES.map((folder) => join('dist', folder)));
await Promise.all(
  there
    .map((path) => join(root, path))
    .filter((file) => !wanted.has(file))
    .map((file) => rm(file)),
);
