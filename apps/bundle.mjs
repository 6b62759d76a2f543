// Puts what runs as a process or thread, with all it imports, into few files below dist/run: a process that finds and
// compiles two thousand small modules takes seconds before its first line. Reads what the compiler wrote to dist.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist', 'run');

/** One file each: where files are shared, modules that import each other, as Nest's do, can run in another order than Node's. */
const servers = ['apps/server/src/main', 'apps/cli/src/bench/constant/main'];

/** These share files, and so the classes in them: a thread and the module of projections that it imports. */
const others = [
  'apps/cli/src/main',
  'apps/cli/src/demo/main',
  'apps/cli/src/scenario/main',
  'libs/event-sourcing/src/log/sqlite/writer-thread',
  'libs/event-sourcing/src/log/sqlite/verify/verify-thread',
  'libs/investigation/src/projections-module',
  'libs/read-models/src/sqlite/projector-thread',
  'libs/read-models/src/sqlite/reader-thread',
  'libs/read-models/src/sqlite/build/fold-thread',
  'libs/read-models/src/sqlite/build/write-thread',
];

/** Found in node_modules by their own files: binaries, what is served as it is, what is loaded only where it is configured. */
const withFiles = ['@opentelemetry/*', '@photostructure/sqlite', 'altair-static'];

/** What Nest and Fastify load only where it is installed; it is not. */
const absent = [
  '@apollo/*',
  '@as-integrations/*',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer/storage',
  'ts-morph',
];

/** How esbuild keeps names, also of each function that is made while the program runs: there a name is mostly right already. */
const NAMED = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
const NAMED_WHERE_NEEDED =
  'var __name = (target, value) => target.name === value ? target : __defProp(target, "name", { value, configurable: true });';

/** Writes the files and returns their paths, from the root. */
async function bundle(entries, { splitting }) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => `dist/${entry}.js`),
    outbase: 'dist',
    outdir,
    bundle: true,
    splitting,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // As Node takes them: of a package with two forms, one for all.
    mainFields: ['main'],
    // Nest and GraphQL name things by their classes.
    keepNames: true,
    external: [...withFiles, ...absent],
    banner: {
      js: `import { createRequire as requireIn } from 'node:module'; const require = requireIn(import.meta.url);`,
    },
    logLevel: 'warning',
    write: false,
  });
  if (!outputFiles.some(({ text }) => text.includes(NAMED))) throw new Error('esbuild keeps names in another way now.');
  return outputFiles.map(({ path, text }) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text.replace(NAMED, NAMED_WHERE_NEEDED));
    return relative(root, path);
  });
}

const written = new Set(
  (
    await Promise.all([
      ...servers.map((entry) => bundle([entry], { splitting: false })),
      bundle(others, { splitting: true }),
    ])
  ).flat(),
);

// Last, so that a failed build leaves the one before.
for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(relative(root, file))) rmSync(file);
}
