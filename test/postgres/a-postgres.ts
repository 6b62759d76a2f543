import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import pg from 'pg';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { hasPrograms, NoPostgres, PrivatePostgres } from './private-postgres.js';

/** A PostgreSQL server to test against. */
export interface APostgres {
  /** Which one it is, for a person: without its password. */
  name: string;
  /** The server itself where it was started for this: it can be killed and frozen. */
  own: PrivatePostgres | null;
  /** Makes an empty database of its own and returns its address. */
  database(): Promise<string>;
  /** Takes away what `database` made, and the server if it was started for this. */
  end(): Promise<void>;
}

/**
 * The server at TEST_POSTGRES_URL, whose user may create databases; else one of the installed programs. Null, with the reason
 * on standard error, where there is none; with `CI` set that is a failure.
 * @param killed one of the installed programs is taken first, if there are any: it can be killed
 */
export async function aPostgres({ killed = false } = {}): Promise<APostgres | null> {
  const { TEST_POSTGRES_URL, CI } = process.env;
  try {
    const started = TEST_POSTGRES_URL && !(killed && hasPrograms()) ? null : await PrivatePostgres.start();
    const given = started ? undefined : TEST_POSTGRES_URL;
    const url = given ?? started!.url;
    const name = given ? shownAddress(given) : `a private ${started!.version}`;
    say(`PostgreSQL: these tests run against ${name}.`);
    const made: string[] = [];
    return {
      name,
      own: started,
      async database() {
        const database = `caseledger_test_${randomUUID().replaceAll('-', '')}`;
        await run(url, `CREATE DATABASE ${database}`);
        made.push(database);
        const its = new URL(url);
        its.pathname = `/${database}`;
        return its.href;
      },
      async end() {
        if (given) for (const database of made) await run(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
        await started?.end();
      },
    };
  } catch (error) {
    if (!(error instanceof NoPostgres) || CI) throw error;
    say(`PostgreSQL: these tests are NOT RUN. ${error.message} Or give the address of a server in TEST_POSTGRES_URL.`);
    return null;
  }
}

/** Runs one statement on a connection of its own. */
export async function run(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Not by the console, which adds the place in a test that says it. */
const say = (line: string): void => void writeSync(2, `${line}\n`);
