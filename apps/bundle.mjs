// Puts what runs as a process or thread, with all it imports, into few files below dist/run: a process that finds and
// compiles two thousand small modules takes seconds before its first line. Reads what the compiler wrote to dist.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { HEAP_FLAGS } from '../dist/apps/server/src/heap.js';
import { cacheName, starter, writeCodeCache } from './code-cache.mjs';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist', 'run');

/** One file: where files are shared, modules that import each other, as Nest's do, can run in another order than Node's. */
const server = 'apps/server/src/main';

/** These share files, and so the classes in them: a thread and the module of projections that it imports. */
const others = [
  'apps/cli/src/main',
  'apps/cli/src/demo/main',
  'apps/cli/src/scenario/main',
  'libs/event-sourcing/src/log/sqlite/writer-thread',
  'libs/event-sourcing/src/log/sqlite/verify/verify-thread',
  'libs/investigation/src/projections-module',
  'libs/read-models/src/postgres/build-thread',
  'libs/read-models/src/postgres/projector-thread',
  'libs/read-models/src/sqlite/projector-thread',
  'libs/read-models/src/sqlite/reader-thread',
  'libs/read-models/src/sqlite/build/fold-thread',
  'libs/read-models/src/sqlite/build/write-thread',
];

/** Found in node_modules by their own files: binaries, what is served as it is, what is loaded only where it is configured. */
const withFiles = [
  '@eventstore/db-client',
  // Its API apart, which metrics bring along.
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace-base',
  '@photostructure/sqlite',
];

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
  'pg-native',
  'ts-morph',
];

/**
 * Threads and commands neither validate input nor serve GraphQL: there the decorators and scalars of both do nothing, and a
 * projector loads a fifth of what it did. Whoever does ask for a validation is told.
 */
const withoutDecorators = {
  name: 'without-decorators',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(class-validator|@nestjs\/graphql|graphql)$/ }, ({ path }) => ({
      path,
      namespace: 'decorators',
    }));
    onLoad({ filter: /^/, namespace: 'decorators' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default');
      const refusal = `throw new Error('${path} is not in this program: see apps/bundle.mjs.');`;
      const instead = (name) =>
        /^(validate|parse|print|execute)/.test(name) ? `(() => { ${refusal} })()` : '() => undefined';
      // Functions, as scalars are made with new.
      const lines = names.map((name) => `export function ${name}() { return ${instead(name)}; }`);
      // What types decorators tell is asked for by ours.
      return { contents: ["import 'reflect-metadata';", ...lines].join('\n'), resolveDir: root };
    });
  },
};

/**
 * How esbuild keeps names, also of each function that is made while the program runs: there a name is mostly right already, and
 * nobody asks for that of an arrow function, which has no prototype.
 */
const NAMED = 'var __name = (target, value) => __defProp(target, "name", { value, configurable: true });';
const NAMED_WHERE_NEEDED =
  'var __name = (target, value) => target.name === value || target.prototype === undefined ? target : __defProp(target, "name", { value, configurable: true });';

/**
 * How esbuild gives a module what it imports of one in CommonJS: a copy of all its names for each import. Two hundred modules
 * import the names of class-validator and GraphQL, some hundreds each; all can have the same copy.
 */
const COPIED = 'var __toESM = (mod, isNodeMode, target) => (';
const COPIED_ONCE = `var __copies = [new Map(), new Map()];
var __toESM = (mod, isNodeMode) => {
  const copies = __copies[isNodeMode ? 1 : 0];
  if (!copies.has(mod)) copies.set(mod, __copyToESM(mod, isNodeMode));
  return copies.get(mod);
};
var __copyToESM = (mod, isNodeMode, target) => (`;

/** As Node 22 has it. Where there is none, pg looks where it runs by making a Response, for which Node loads all of fetch. */
const NAVIGATOR = `const nodeNavigator = { userAgent: 'Node.js' };`;

/** How all are built. */
const shared = {
  absWorkingDir: root,
  outbase: 'dist',
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // As Node takes them: of a package with two forms, one for all.
  mainFields: ['main'],
  // Nest and GraphQL name things by their classes.
  keepNames: true,
  external: [...withFiles, ...absent],
  define: { navigator: 'nodeNavigator' },
  logLevel: 'warning',
  write: false,
};

/** Their text; throws where what esbuild writes of its own is not as known here. */
async function texts(entries, options) {
  const entryPoints = entries.map((entry) => `dist/${entry}.js`);
  const { outputFiles } = await build({ ...shared, entryPoints, ...options });
  for (const known of [NAMED, COPIED])
    if (!outputFiles.some(({ text }) => text.includes(known))) throw new Error(`esbuild no longer writes: ${known}`);
  return outputFiles.map(({ path, text }) => ({
    path,
    text: text.replace(NAMED, NAMED_WHERE_NEEDED).replace(COPIED, COPIED_ONCE),
  }));
}

/** Writes a file, at once and only if it is another, as one that runs may read it; returns its path, from the folder of all. */
function write(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }
  return relative(outdir, path);
}

/** Modules that share what they have in common. */
async function modules(entries) {
  const banner = {
    js: `import { createRequire as requireIn } from 'node:module'; const require = requireIn(import.meta.url); ${NAVIGATOR}`,
  };
  const built = await texts(entries, {
    ...{ format: 'esm', splitting: true, chunkNames: 'chunks/[name]-[hash]', banner },
    plugins: [withoutDecorators],
  });
  return built.map(({ path, text }) => write(path, text));
}

/** The same program in ASCII, of which V8 keeps a byte a character in place of two: what esbuild leaves is in patterns and comments. */
const inAscii = (script) =>
  script.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The server: a script, its code as V8 compiled it, and what starts the one with the other. */
async function cachedServer() {
  const [{ path, text }] = await texts([server], {
    format: 'cjs',
    // A script from a cache imports nothing; it requires.
    supported: { 'dynamic-import': false },
    // GraphQL need not look for a second one of itself, which it does at each look at a type: one file has one.
    define: { ...shared.define, 'import.meta.url': 'fileUrl', 'process.env.NODE_ENV': '"production"' },
    banner: { js: `const fileUrl = require('node:url').pathToFileURL(__filename).href; ${NAVIGATOR}` },
  });
  const script = inAscii(text.replace(/^#!.*/, ''));
  const name = `${basename(path, '.js')}-${createHash('sha256').update(script).digest('hex').slice(0, 16)}.cjs`;
  const files = [write(join(dirname(path), name), script), write(path, starter(name, HEAP_FLAGS))];
  const cache = join(dirname(path), cacheName(name));
  if (!existsSync(cache)) await writeCodeCache(path, cache);
  return [...files, relative(outdir, cache)];
}

const threads = await modules(others);
// The server is tried, and needs its threads.
const written = new Set([...threads, ...(await cachedServer())]);

// Last, so that a failed build leaves the one before.
for (const entry of readdirSync(outdir, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(relative(outdir, file))) rmSync(file);
}
// What the command line looks at to tell whether a source is newer than the build.
const now = new Date();
utimesSync(join(outdir, 'apps', 'cli', 'src', 'main.js'), now, now);
