import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { openEnvelope } from '#event-sourcing/envelope.js';
import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { AccessWriter, accessAsOf } from './access-writer.js';
import { type KeptStore } from './kept-store.js';

/** How long to wait for a lock another connection holds for a moment, in milliseconds. */
const LOCK_WAIT = 5_000;

export interface KeptAccessOptions {
  log: EventLogReader;
  group: ProjectionGroup;
  registry: EventRegistry;
}

/**
 * Follows the log for a store that is served as it was left: who may see what is current in it all the same. Of the store's
 * tables it writes those of access alone, and only for the subjects that the store knows.
 */
export class KeptAccess {
  private readonly ended = new AbortController();
  private readonly running: Promise<void>;
  private toldCurrent!: () => void;
  isCurrent = false;
  /** Resolves once access is as the log says; not before it is the store may be served. Rejects if it cannot be. */
  readonly current: Promise<void>;

  /** `failed` is called if it cannot be kept current any longer: then the store must not be read any more. */
  constructor(
    private readonly store: KeptStore,
    private readonly options: KeptAccessOptions,
    failed: (error: unknown) => void,
  ) {
    let refuse!: (error: unknown) => void;
    this.current = new Promise<void>((resolve, reject) => {
      this.toldCurrent = resolve;
      refuse = reject;
    });
    this.current.catch(() => undefined);
    this.running = this.run().catch((error: unknown) => {
      refuse(error);
      if (!this.ended.signal.aborted) failed(error);
    });
  }

  /** Resolves when it has let go of the store. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { log, group } = this.options;
    const { file, checkpoint } = this.store;
    const db = new DatabaseSync(file, { timeout: LOCK_WAIT });
    try {
      const writer = new AccessWriter(db);
      const findStream = db.prepare('SELECT key FROM streams WHERE name = ?');
      const filter = { types: [...group.access.keys()], streamPrefixes: [`${group.category}-`] };
      // Readers see all that has been changed since the store was left at once, or nothing of it.
      db.exec('BEGIN IMMEDIATE');
      accessAsOf(db, checkpoint.sequence);
      for await (const page of log.follow({ after: checkpoint, filter, signal: this.ended.signal })) {
        if (!db.isTransaction) db.exec('BEGIN IMMEDIATE');
        if (Array.isArray(page)) {
          for (const event of page) this.apply(findStream, writer, event);
          if (!this.isCurrent) continue;
        }
        db.exec('COMMIT');
        this.isCurrent = true;
        this.toldCurrent();
      }
    } finally {
      db.close();
    }
    if (!this.isCurrent) throw new Error('It was ended before it was current.');
  }

  private apply(findStream: StatementSyncInstance, writer: AccessWriter, event: StoredEvent): void {
    const { group, registry } = this.options;
    const stream = findStream.get(event.stream) as { key: number } | undefined;
    if (!stream) return;
    const payload = registry.decode(event.type, event.schemaVersion, event.payload) as never;
    const changes = group.access.get(event.type)!(payload, openEnvelope(event));
    for (const change of changes) writer.apply(change, stream.key, event.sequence!);
  }
}
