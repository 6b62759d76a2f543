import { type Client } from 'pg';
import { ReadStoreCannotOpen } from '../read-models.js';
import { transaction } from './connection.js';

/** Held while what the stores have in common is made or changed: of two that start at once, one waits. */
const LOCK = [0x4352444d, 2];

/**
 * What the stores of a database have in common, step by step: a step is never changed once it was released, one more is
 * added. A store's own tables need none: another version of them is another schema, built from the log.
 */
const STEPS: readonly string[] = [
  // `pinned`: the store that an administrator went back to; then what the server that writes them told last, and when.
  `CREATE TABLE caseledger.stores (
     one int2 PRIMARY KEY CHECK (one = 1), pinned text, published text, alive_at timestamptz NOT NULL DEFAULT now());
   INSERT INTO caseledger.stores (one) VALUES (1)`,
];

/** Takes the database to what this software needs. Rejects with `ReadStoreCannotOpen` where newer software has been at it. */
export function migrate(client: Client, steps = STEPS): Promise<void> {
  return transaction(client, async () => {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', LOCK);
    await client.query(
      `CREATE SCHEMA IF NOT EXISTS caseledger;
       CREATE TABLE IF NOT EXISTS caseledger.migrations (step int4 PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query<{ done: number }>(
      'SELECT coalesce(max(step), 0) AS done FROM caseledger.migrations',
    );
    const [{ done }] = rows;
    if (done > steps.length) {
      throw new ReadStoreCannotOpen(
        `The database of the read stores was changed by newer software (step ${done}; this one knows ${steps.length}): start the newer one, or set READ_STORE to another database.`,
      );
    }
    for (const [n, step] of steps.slice(done).entries()) {
      await client.query(step);
      await client.query('INSERT INTO caseledger.migrations (step) VALUES ($1)', [done + n + 1]);
    }
  });
}
