import { type Client } from 'pg';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
import { ReadStoreCannotOpen } from '../read-models.js';

/** The oldest server that the statements are written and tested for. */
const OLDEST = 15;

/** Refuses a database that cannot hold read stores. Rejects with `ReadStoreCannotOpen`, one sentence. */
export async function checkServer(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string; may: boolean; who: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       current_setting('server_encoding') AS encoding, current_user AS who,
       has_database_privilege(current_database(), 'CREATE') AS may`,
  );
  const [{ version, number, encoding, may, who }] = rows;
  const refuse = (what: string): never => {
    throw new ReadStoreCannotOpen(`The read store ${shownAddress(url)} ${what}.`);
  };
  if (number < OLDEST * 10_000) {
    refuse(`is on PostgreSQL ${version}; at least version ${OLDEST} is needed: set READ_STORE to a newer server`);
  }
  if (encoding !== 'UTF8') {
    refuse(
      `keeps texts in ${encoding}; UTF8 is needed: create a database with ENCODING 'UTF8' and set READ_STORE to it`,
    );
  }
  if (!may) refuse(`lets ${who} make no schemas: GRANT CREATE ON DATABASE to it, or set READ_STORE to a user who may`);
}
