// Puts the tests beside what they test, in dist, as Node runs them: jest then need not bring each file and its imports into a
// world of its own for each test file. Types are checked elsewhere.
import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const SOURCES = ['apps', 'libs', 'test'];

/** As the product is compiled: see tsconfig.json. */
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

const isTest = (path) => path.startsWith('test/') || path.endsWith('.spec.ts');
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

const sources = (await Promise.all(SOURCES.map(filesOf))).flat();
// What the compiler wrote, since the product's tools use it, has its map beside it.
const tests = sources.filter(
  (path) => isTest(path) && /(?<!\.d)\.(ts|mjs)$/.test(path) && !existsSync(`${built(path)}.map`),
);
await Promise.all(tests.map(compile));

// A test that is no longer there must not run.
const wanted = new Set(sources.map(built));
const compiled = (await Promise.all(SOURCES.map((folder) => filesOf(join('dist', folder))))).flat();
for (const path of compiled.filter((path) => path.startsWith('dist/test/') || path.endsWith('.spec.js'))) {
  if (!/\.(m?js)$/.test(path) || wanted.has(join(root, path))) continue;
  for (const file of [path, `${path}.map`]) await rm(join(root, file), { force: true });
}
