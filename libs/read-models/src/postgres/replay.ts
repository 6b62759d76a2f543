import { randomUUID } from 'node:crypto';
import { type Client } from 'pg';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { openLogReader } from '#event-sourcing/log/log-reader.js';
import { type StoreEnd } from '../keeping/store-end.js';
import { type ProjectionGroup } from '../read-model.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { comparedUntil, type Replayed, type ReplayOptions } from '../replaying.js';
import { buildStore } from './build.js';
import { countRows, differences } from './compare-stores.js';
import { connect, prelude } from './connection.js';
import { PostgresProjection } from './projection.js';
import { quoted } from './schema.js';
import { checkServer } from './server-check.js';
import { cannotOpen } from './store-error.js';
import { checkGroupOf, readEnd } from './store-schema.js';
import { newestOf } from './stores.js';

/** Beside what the servers lock; one replay at a time, so that what is left of others is known to be. */
const REPLAYING = `SELECT pg_try_advisory_lock(${0x4352444d}, 3) AS taken`;
const NAME = 'caseledger_replay';

/**
 * Rebuilds the read models of a database from their log, beside those that are served, and compares both row by row at one
 * sequence: `first` is what is served, `second` what follows from the log. Rejects with `LogUnavailable` and `ReadStoreCannotOpen`.
 */
export async function replay({ url, ...options }: ReplayOptions & { url: string }): Promise<Replayed> {
  const { group, projections, progress } = options;
  const log = await openLogReader(options.log);
  let client: Client | undefined;
  let isBegun = false;
  try {
    const logId = await log.identity();
    client = await connect(url);
    await checkServer(client, url);
    await begin(client);
    isBegun = true;
    const store = await newestOf(client, group.version);
    const until = await comparedUntil(store, await endOf(client, store, group), log);
    const schema = `${NAME}_${randomUUID().slice(0, 8)}`;
    const from = { url, schema, logId, log: options.log, projections: projections.href, until };
    const { refused } = await buildStore(from, { progress });
    if (refused) return { store, sequence: refused.sequence - 1, rows: 0, different: 0, refused };
    return await compare(client, { url, store, schema, logId }, log, options);
  } catch (error) {
    throw cannotOpen(url, error);
  } finally {
    // Until then what is there is another's, which may be at it.
    if (client && isBegun) await removeAll(client).catch(() => undefined);
    await client?.end().catch(() => undefined);
    await log.close();
  }
}

async function begin(client: Client): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(REPLAYING);
  if (!rows[0].taken) throw new ReadStoreCannotOpen('The read models are being replayed already: wait for its end.');
  await removeAll(client);
}

/** What this replay has made, and what others have left that were killed. */
async function removeAll(client: Client): Promise<void> {
  await client.query('ROLLBACK');
  const { rows } = await client.query<{ name: string }>(
    `SELECT nspname::text AS name FROM pg_namespace WHERE starts_with(nspname, '${NAME}_')`,
  );
  for (const { name } of rows) await client.query(`DROP SCHEMA ${quoted(name)} CASCADE`);
}

async function endOf(client: Client, store: string, group: ProjectionGroup): Promise<StoreEnd> {
  await client.query(prelude(store));
  await checkGroupOf(client, store, group);
  return readEnd(client);
}

interface Compared {
  url: string;
  store: string;
  schema: string;
  logId: string;
}

/** What is served may move on until this very moment: the rebuilt store follows it there, and then it stands still for us. */
async function compare(
  client: Client,
  { url, store, schema, logId }: Compared,
  log: EventLogReader,
  { group, registry, progress, differs }: ReplayOptions,
): Promise<Replayed> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { sequence } = await readEnd(client);
  const projection = new PostgresProjection({ url, schema }, group, registry, logId);
  const ours = await connect(url);
  try {
    await projection.reopen();
    const { checkpoint } = projection;
    const rest = log.readAll({ after: checkpoint, limit: sequence - checkpoint.sequence });
    if (sequence > checkpoint.sequence) for await (const events of rest) await projection.apply(events);
    await ours.query('BEGIN READ ONLY');
    const [first, second] = [
      { client, schema: store },
      { client: ours, schema },
    ];
    const of = await countRows(second);
    let [rows, different] = [0, 0];
    const compared = (done: number): void => {
      rows = done;
      progress?.({ rows, of });
    };
    for await (const difference of differences(first, second, compared)) {
      different++;
      differs?.(difference);
    }
    return { store, sequence, rows, different, refused: null };
  } finally {
    await projection.close();
    await ours.end();
  }
}
