import { type ClientBase } from 'pg';
import { type StoredCheckpoint, type StoreEnd } from '../keeping/store-end.js';
import { type ProjectionGroup } from '../read-model.js';
import { ReadStoreCannotOpen } from '../read-models.js';
import { fingerprintOf, partsOf, quoted } from './schema.js';
import { rebuildRemedy } from './store-error.js';

/** Makes an empty store. Within a transaction; from here on the connection means its tables. */
export async function createStore(
  client: ClientBase,
  schema: string,
  group: ProjectionGroup,
  logId: string,
): Promise<void> {
  const { tables, indexes } = partsOf(group);
  await client.query(`CREATE SCHEMA ${quoted(schema)}; SET LOCAL search_path TO ${quoted(schema)}`);
  await client.query([...tables, ...indexes].join('; '));
  await declareStore(client, group, { sequence: 0, position: '', logTime: 0, logId });
}

/** Makes a read store of a schema that holds all tables: its checkpoint tells what is in them. */
export async function declareStore(
  client: ClientBase,
  group: ProjectionGroup,
  { sequence, position, logTime, logId }: StoredCheckpoint,
): Promise<void> {
  await client.query(
    `INSERT INTO checkpoint (one, sequence, position, log_time, log_id, group_version, fingerprint) VALUES (1, $1, $2, $3, $4, $5, $6)`,
    [sequence, position, logTime, logId, group.version, fingerprintOf(group)],
  );
}

/** How far the store is that the connection means. */
export async function readEnd(client: ClientBase): Promise<StoreEnd> {
  const { rows } = await client.query<StoreEnd>(
    `SELECT sequence, position, log_time AS "logTime", log_id AS "logId",
       (SELECT coalesce(max(sequence), 0) FROM events) AS "lastIndexed",
       (SELECT id FROM events WHERE events.sequence = checkpoint.sequence) AS "lastId" FROM checkpoint`,
  );
  return rows[0];
}

/** Refuses a store of another version, or of other tables than this version has. Rejects with `ReadStoreCannotOpen`. */
export async function checkGroupOf(client: ClientBase, schema: string, group: ProjectionGroup): Promise<void> {
  const { rows } = await client.query<{ version: number; fingerprint: string }>(
    'SELECT group_version AS version, fingerprint FROM checkpoint',
  );
  const [found] = rows;
  if (found?.version === group.version && found.fingerprint === fingerprintOf(group)) return;
  throw new ReadStoreCannotOpen(
    `The read store ${schema} has other tables than version ${group.version} of the read models has now: ${rebuildRemedy(schema)}.`,
  );
}

/** Every table with its columns and every index of a schema, without the schema's name. */
export async function partsIn(client: ClientBase, schema: string): Promise<Set<string>> {
  const { rows } = await client.query<{ part: string }>(
    `SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type AS part
       FROM information_schema.columns c WHERE c.table_schema = $1::text
     UNION ALL SELECT replace(indexdef, quote_ident($1::text) || '.', '') FROM pg_indexes WHERE schemaname = $1::text`,
    [schema],
  );
  return new Set(rows.map(({ part }) => part));
}
