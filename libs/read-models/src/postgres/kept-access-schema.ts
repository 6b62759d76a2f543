import { type Client } from 'pg';
import { type AccessChange } from '../access-changes.js';
import { type AccessStore } from '../keeping/store-place.js';
import { accessAsOf, writeAccess } from './access-changes.js';
import { storable } from '../storable.js';

/** The tables of access in a store's schema that is served as it was left. */
export class KeptAccessSchema implements AccessStore {
  /** The connection is closed with this. */
  constructor(private readonly client: Client) {}

  async begin(): Promise<void> {
    await this.client.query('BEGIN');
  }

  asOf(sequence: number): Promise<void> {
    return accessAsOf(this.client, sequence);
  }

  async apply(changes: readonly AccessChange[], name: string, sequence: number): Promise<void> {
    const { rows } = await this.client.query<{ key: number }>('SELECT key FROM streams WHERE name = $1', [
      storable(name),
    ]);
    if (rows.length === 0) return;
    const [{ key: subjectKey }] = rows;
    await writeAccess(
      this.client,
      changes.map((change) => ({ change, subjectKey, sequence })),
    );
  }

  async commit(): Promise<void> {
    await this.client.query('COMMIT');
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  giveUp(): void {
    void this.close();
  }
}
