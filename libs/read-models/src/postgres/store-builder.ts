import { randomUUID } from 'node:crypto';
import { type Client } from 'pg';
import { type BatchSink, layoutsOf, type PackedBatch } from '../build/batches.js';
import { type FoldPlace } from '../fold.js';
import { type ProjectionGroup } from '../read-model.js';
import { BatchWriter } from './batch-writer.js';
import { connect, SILENT_MS, transaction } from './connection.js';
import { partsOf, quoted } from './schema.js';
import { declareStore } from './store-schema.js';

/** Batches that may be on their way. */
const ON_THEIR_WAY = 2;
/** How long the index of a large table may take, in milliseconds. */
const INDEX_MS = 3_600_000;

const long = (text: string) => ({ text, query_timeout: INDEX_MS });

/** A name for a store until it is whole, of this build alone: another server may have begun the same one. */
export const unfinishedName = (schema: string): string => `${schema}_building_${randomUUID().slice(0, 8)}`;

/** What bears such a name after a crash is to be thrown away; that of older software ends before the last part. */
export const isUnfinished = (name: string): boolean => /_building(?:_[0-9a-f]{8})?$/.test(name);

/** Throws away what a build has begun, and ends its session before: nobody may be at the other end any more. */
export async function dropUnfinished(client: Client, name: string): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a JOIN pg_locks AS l ON l.pid = a.pid
       JOIN pg_class AS c ON c.oid = l.relation JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid()`,
    [name],
  );
  await client.query(`DROP SCHEMA IF EXISTS ${quoted(name)} CASCADE`);
}

/** Writes a fresh store, batch by batch, in the background; it is none before it is finished. */
export class StoreBuilder implements BatchSink {
  committed = 0;
  private sent = 0;
  private writing: Promise<void> = Promise.resolve();
  private failure: unknown;
  private readonly writer: BatchWriter;

  private constructor(
    private readonly client: Client,
    private readonly schema: string,
    private readonly group: ProjectionGroup,
    private readonly logId: string,
    readonly unfinished: string,
  ) {
    this.writer = new BatchWriter(client, group);
  }

  /** Makes the tables, in a schema of another name. */
  static async begin(
    url: string,
    schema: string,
    group: ProjectionGroup,
    logId: string,
    unfinished = unfinishedName(schema),
  ): Promise<StoreBuilder> {
    const client = await connect(url, unfinished, SILENT_MS);
    try {
      await client.query(`CREATE SCHEMA ${quoted(unfinished)}; SET synchronous_commit TO off`);
      await client.query(partsOf(group).tables.join('; '));
      return new StoreBuilder(client, schema, group, logId, unfinished);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async send(batch: PackedBatch): Promise<void> {
    const before = this.writing;
    const written = before.then(async () => {
      if (this.failure) return;
      await this.write(batch);
      this.committed++;
    });
    this.writing = written.catch((error: unknown) => {
      this.failure ??= error;
    });
    // All but the last one, or two, are written by then.
    if (++this.sent - this.committed >= ON_THEIR_WAY) await before;
    this.check();
  }

  /** Writes a batch at once. */
  write(batch: PackedBatch): Promise<void> {
    return transaction(this.client, () => this.writer.write(batch));
  }

  /** What is on its way is broken off, as the server may never answer; what is sent next rejects. */
  cancel(): void {
    this.failure ??= new Error('The build has ended.');
    void this.client.end().catch(() => undefined);
  }

  /** Makes the indexes; the schema holds a store up to `place` from here on. `progress` is told before each index. */
  async finish(place: FoldPlace, progress: (done: number, of: number) => void = () => undefined): Promise<void> {
    const { client, group, logId } = this;
    await this.writing;
    const { indexes } = partsOf(group);
    for (const [n, index] of indexes.entries()) {
      this.check();
      progress(n, indexes.length);
      await client.query(long(index));
    }
    const tables = [...layoutsOf(group).map(({ table }) => table), 'grants', 'walls', 'parts', 'marks'];
    await client.query(long(`ANALYZE ${tables.map(quoted).join(', ')}; SET synchronous_commit TO on`));
    await transaction(client, async () => {
      await declareStore(client, group, { ...place, logId });
      await client.query(`ALTER SCHEMA ${quoted(this.unfinished)} RENAME TO ${quoted(this.schema)}`);
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.client.end().catch(() => undefined);
  }

  private check(): void {
    if (this.failure) throw this.failure as Error;
  }
}
