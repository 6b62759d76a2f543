import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type EventSchema } from '#event-sourcing/registry.js';
import { packageRoot } from '#event-sourcing/package-root.js';
import { schemaFolder } from '#event-sourcing/schema-files.js';
import { eventClasses } from '#investigation/event-classes.js';
import { eventCatalogue } from './event-catalogue.js';
import { eventSchema } from './event-schema.js';
import { brokenPromises } from './frozen.js';
import { buildGraphQLSchema, graphQLText } from './graphql-schema.js';

/** Writes what is derived from the code, or with --check only says what differs (exit 1). */
async function generate(check: boolean): Promise<number> {
  const schema = await buildGraphQLSchema();
  const events = eventClasses.map((eventClass) => ({ eventClass, schema: eventSchema(eventClass, schema) }));
  const files = new Map<string, string>([
    [join(packageRoot, 'schema.graphql'), graphQLText(schema)],
    [join(packageRoot, 'docs', 'events.md'), eventCatalogue(events)],
    ...events.map(({ schema }): [string, string] => [
      join(schemaFolder, `${schema.title}.json`),
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  ]);
  const problems = frozenProblems(events.map(({ schema }) => schema));
  for (const [file, text] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (check) problems.push(`${relative(packageRoot, file)} is not what the code says; run npm run generate.`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0) process.stdout.write(`${files.size} files are as the code says.\n`);
  return problems.length === 0 ? 0 : 1;
}

/** Shapes are frozen from the first tag on: what the newest tag holds must still be readable. */
function frozenProblems(schemas: readonly EventSchema[]): string[] {
  const tag = git('describe', '--tags', '--abbrev=0');
  if (tag === undefined) return [];
  const problems: string[] = [];
  const folder = relative(packageRoot, schemaFolder);
  for (const file of (git('ls-tree', '--name-only', tag, `${folder}/`) ?? '').split('\n').filter(Boolean)) {
    const before = JSON.parse(git('show', `${tag}:${file}`)!) as EventSchema;
    const now = schemas.find(({ title }) => title === before.title) ?? keptSchema(basename(file));
    const broken = now ? brokenPromises(before, now) : ['its file is gone'];
    for (const why of broken)
      problems.push(`${before.title} is frozen since ${tag}: ${why}; make a new version with an upcaster.`);
  }
  return problems;
}

/** The schema of an earlier version: its file stays as it is. */
function keptSchema(file: string): EventSchema | undefined {
  if (!readdirSync(schemaFolder).includes(file)) return undefined;
  return JSON.parse(readFileSync(join(schemaFolder, file), 'utf8')) as EventSchema;
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

process.exitCode = await generate(process.argv.includes('--check'));
