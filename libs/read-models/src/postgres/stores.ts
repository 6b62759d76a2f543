import { type Client } from 'pg';
import { type StoreName } from '../keeping/store-place.js';
import { ReadStoreCannotOpen } from '../read-models.js';

const NAME = /^caseledger_read_(\d+)(?:_(\d+))?$/;
/** Of the read models that a store holds; 0 where it is none of ours. */
export const versionOf = (store: string): number => Number(NAME.exec(store)?.[1] ?? 0);

/** The stores of a database, the newest first. */
export async function storesIn(client: Client): Promise<StoreName[]> {
  return (await schemasIn(client))
    .filter((store) => NAME.test(store))
    .map((store) => ({ store, version: versionOf(store), generation: Number(NAME.exec(store)![2] ?? 1) }))
    .sort((a, b) => b.version - a.version || b.generation - a.generation);
}

/** The newest store of this version. Rejects with `ReadStoreCannotOpen` if there is none. */
export async function newestOf(client: Client, version: number): Promise<string> {
  const stores = await storesIn(client);
  const own = stores.find((one) => one.version === version);
  if (own) return own.store;
  const others = stores.map((one) => one.version).join(', ');
  throw new ReadStoreCannotOpen(
    `The database holds no read models of version ${version}${others && ` (but of ${others})`}: start this software's server on it once, or replay with the software that wrote them.`,
  );
}

/** The names of all schemas that may be read stores, whole or being built. */
export async function schemasIn(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'caseledger_read_%'`,
  );
  return rows.map(({ name }) => name);
}
