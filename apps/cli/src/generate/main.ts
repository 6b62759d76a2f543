import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '#event-sourcing/package-root.js';
import { schemaFolder } from '#event-sourcing/schema-files.js';
import { eventClasses } from '#investigation/event-classes.js';
import { importedMutations } from '#investigation/resolvers.js';
import { Exit } from '../exit.js';
import { asyncApi } from './asyncapi.js';
import { commandSchema } from './command-schema.js';
import { brokenContract } from './contract.js';
import { eventCatalogue } from './event-catalogue.js';
import { eventSchema } from './event-schema.js';
import { buildGraphQLSchema, graphQLText } from './graphql-schema.js';
import { packageVersion, release, releasedContract, schemasIn } from './released.js';

/** `check`: only says what differs. `release`: what is written becomes the contract that is kept. */
type Mode = 'write' | 'check' | 'release';

/** Writes what is derived from the code; says what differs or breaks what was released, and then answers 1. */
async function generate(mode: Mode): Promise<number> {
  const schema = await buildGraphQLSchema();
  const graphql = graphQLText(schema);
  const version = packageVersion();
  const events = eventClasses.map((eventClass) => ({ eventClass, schema: eventSchema(eventClass, schema) }));
  const files = new Map<string, string>([
    [join(packageRoot, 'schema.graphql'), graphql],
    [join(packageRoot, 'asyncapi.yaml'), asyncApi(version, schema, schemasOf(events))],
    [join(packageRoot, 'docs', 'events.md'), eventCatalogue(events)],
    ...events.map(({ schema }): [string, string] => [
      join(schemaFolder, `${schema.title}.json`),
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
    ...importedMutations.map((command): [string, string] => [
      join(packageRoot, 'schemas', 'commands', `${command.name}.json`),
      `${JSON.stringify(commandSchema(command, schema), null, 2)}\n`,
    ]),
  ]);
  const problems: string[] = [];
  for (const [file, text] of files) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (mode === 'check')
      problems.push(`${relative(packageRoot, file)} is not what the code says; run npm run generate.`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  const released = releasedContract();
  // By what the code says now, not by its files, which may be behind it; those of earlier versions are files alone.
  const current = new Map([...schemasIn(schemaFolder), ...schemasOf(events)].map((one) => [one.title, one]));
  if (released) problems.push(...(await brokenContract(released, { version, graphql, events: [...current.values()] })));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) return 1;
  if (mode === 'release') release();
  process.stdout.write(`${files.size} files are as the code says.\n`);
  return 0;
}

const schemasOf = <S>(events: readonly { schema: S }[]): S[] => events.map(({ schema }) => schema);

const USAGE = `Usage: npm run generate -- [--check | --release]

Writes the GraphQL schema, the event schemas and their catalogue from the code. --check writes nothing, and exits 1 where
they are not what the code says; --release also keeps them as the contract that later versions are held to.`;

/** What was asked for; null for help. Wrong usage exits 64: a slip in --check would write. */
function asked(): Mode | null {
  const option = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({ options: { check: option, release: option, help: { ...option, short: 'h' } } });
    if (values.check && values.release)
      throw new Error('--check writes nothing, and --release does: give one of them.');
    if (values.help) return null;
    return values.check ? 'check' : values.release ? 'release' : 'write';
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return process.exit(Exit.USAGE);
  }
}

const mode = asked();
if (mode === null) process.stdout.write(`${USAGE}\n`);
else process.exitCode = await generate(mode);
