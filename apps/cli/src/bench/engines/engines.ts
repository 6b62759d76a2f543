import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '#event-sourcing/package-root.js';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { PrivatePostgres } from '../../../../../test/postgres/private-postgres.js';
import { type Bench } from '../benchmark.js';

/** A server to measure on, and which it is: tables say so. */
export interface Engine {
  url: string;
  name: string;
}

const eventStores = new WeakMap<Bench, Promise<Engine>>();
const databases = new WeakMap<Bench, Promise<Engine>>();

/** The EventStoreDB server at EVENTSTOREDB_URL, else the double in a process of its own. */
export const eventStore = (bench: Bench): Promise<Engine> => onceFor(eventStores, bench, startEventStore);

/** The PostgreSQL server at TEST_POSTGRES_URL, else a private one of the installed programs. */
export const postgres = (bench: Bench): Promise<Engine> => onceFor(databases, bench, startPostgres);

/** An empty database on the server. */
export async function newDatabase({ url }: Engine): Promise<string> {
  const database = new URL(url);
  database.pathname = `/caseledger_bench_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`CREATE DATABASE ${database.pathname.slice(1)}`);
  await client.end();
  return database.href;
}

/** A prefix that nobody has used. */
export const newPrefix = (): string => `bench.${randomUUID().slice(0, 8)}:`;

function onceFor(made: WeakMap<Bench, Promise<Engine>>, bench: Bench, make: (bench: Bench) => Promise<Engine>) {
  let engine = made.get(bench);
  if (!engine) made.set(bench, (engine = make(bench)));
  return engine;
}

async function startEventStore({ folder, atEnd }: Bench): Promise<Engine> {
  const { EVENTSTOREDB_URL: given } = process.env;
  if (given) return { url: given, name: shownAddress(given) };
  const main = join(packageRoot, 'dist/test/eventstoredb/main.js');
  const child = spawn(process.execPath, [main, '--folder', await folder('eventstoredb')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  atEnd(() => ended(child));
  const [line] = (await once(child.stdout, 'data')) as [unknown];
  return { url: String(line).trim(), name: 'the double' };
}

async function startPostgres({ atEnd }: Bench): Promise<Engine> {
  const { TEST_POSTGRES_URL: given } = process.env;
  if (given) return { url: given, name: shownAddress(given) };
  const own = await PrivatePostgres.start();
  atEnd(() => own.end());
  return { url: own.url, name: `a private ${own.version}, fsync off` };
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
