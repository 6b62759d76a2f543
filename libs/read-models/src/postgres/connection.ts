import { randomUUID } from 'node:crypto';
import { type Socket } from 'node:net';
import { hostname } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import pg from 'pg';
import { quoted } from './schema.js';

/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 5_000;
/** A server that does not answer a statement for so long, in milliseconds, is connected to anew. */
export const SILENT_MS = 60_000;
/** How long ending waits for the server, in milliseconds. */
const END_MS = 1_000;
const INT8 = 20;
const NAME = 'caseledger session name';
// In containers, host names and process ids are often those of others. A thread is given that of who starts it.
if (getEnvironmentData(NAME) === undefined) {
  const random = randomUUID().slice(0, 8);
  setEnvironmentData(NAME, `caseledger ${hostname().slice(0, 30)} ${process.pid} ${random}`);
}
/** All sessions of one process have this name, by which they can be ended together; of 63 bytes at most. */
const SELF = getEnvironmentData(NAME) as string;

/** Numbers of eight bytes come as JavaScript's: all of ours are whole and at most 2^53-1. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === INT8 ? Number : (pg.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser,
};

/** How connections to one database are made; named as ours are, whatever the address or the environment says. */
export const settings = (url: string): pg.ClientConfig => ({
  connectionString: url.replace(/(?<=[?&])application_name=[^&#]*&?/g, ''),
  types,
  keepAlive: true,
  connectionTimeoutMillis: CONNECT_MS,
  application_name: SELF,
});

/** A connection whose end waits a moment for the server's word, and no longer: nobody may be at the other end any more. */
export class EndingClient extends pg.Client {
  override end(): Promise<void>;
  override end(done: (error: Error) => void): void;
  override end(done?: (error: Error) => void): Promise<void> | void {
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    const timer = setTimeout(() => stream.destroy(), END_MS).unref();
    const ended = super.end().finally(() => clearTimeout(timer));
    if (!done) return ended;
    // As the driver's own: called without an error.
    void ended.then(done as never, done);
  }
}

/** What a connection is told first: whose tables it means, and that no statement of ours is worth compiling. */
export const prelude = (schema: string): string => `SET search_path TO ${quoted(schema)}; SET jit TO off`;

/**
 * A connection of its own. It must be ended; after an error of the connection every query on it rejects, and so does one that
 * is not answered within the time limit, if there is one.
 */
export async function connect(url: string, schema?: string, timeLimitMs?: number): Promise<pg.Client> {
  const client = new EndingClient({ ...settings(url), query_timeout: timeLimitMs });
  // Whoever queries it next is told.
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (schema !== undefined) await client.query(prelude(schema));
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Runs what is to be done or not at all. */
export async function transaction<T>(client: pg.ClientBase, run: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await run();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that is lost has rolled back.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
