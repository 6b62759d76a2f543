import { connect } from '#read-models/postgres/connection.js';

/** All rows of all tables of a schema, in one order. */
export async function rowsIn(url: string, schema: string): Promise<string[]> {
  const client = await connect(url, schema);
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      'SELECT tablename::text AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
      [schema],
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<unknown[]>({ text: `SELECT * FROM "${name}"`, rowMode: 'array' });
      all.push(...rows.map((row) => `${name} ${JSON.stringify(row)}`).sort());
    }
    return all;
  } finally {
    await client.end();
  }
}
