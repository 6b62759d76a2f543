import { openEnvelope } from '#event-sourcing/envelope.js';
import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type ProjectionGroup } from '../read-model.js';
import { type AccessStore, type KeptStore, type StorePlace } from './store-place.js';

/** How long what is being written is waited for at the end, in milliseconds: a database may not answer any more. */
const LAST_MS = 1_000;

export interface KeptAccessOptions {
  place: StorePlace;
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
  private access: AccessStore | undefined;
  private toldCurrent!: () => void;
  isCurrent = false;
  /** Resolves once access is as the log says; not before it is the store may be served. Rejects if it cannot be. */
  readonly current: Promise<void>;

  /** `failed` is called if it cannot be kept current any longer: then the store must not be read any more. */
  constructor(
    private readonly kept: KeptStore,
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
    const late = setTimeout(() => this.access?.giveUp?.(), LAST_MS);
    await this.running;
    clearTimeout(late);
  }

  private async run(): Promise<void> {
    const { place, log, group } = this.options;
    const { store, checkpoint } = this.kept;
    const access = (this.access = await place.access(store));
    try {
      const filter = { types: [...group.access.keys()], streamPrefixes: [`${group.category}-`] };
      // Readers see all that has been changed since the store was left at once, or nothing of it.
      await access.begin();
      let isBegun = true;
      await access.asOf(checkpoint.sequence);
      for await (const page of log.follow({ after: checkpoint, filter, signal: this.ended.signal })) {
        if (!isBegun) await access.begin();
        isBegun = true;
        if (Array.isArray(page)) {
          for (const event of page) await this.apply(access, event);
          if (!this.isCurrent) continue;
        }
        await access.commit();
        isBegun = false;
        this.isCurrent = true;
        this.toldCurrent();
      }
    } finally {
      await access.close();
    }
    if (!this.isCurrent) throw new Error('It was ended before it was current.');
  }

  private async apply(access: AccessStore, event: StoredEvent): Promise<void> {
    const { group, registry } = this.options;
    const payload = registry.decode(event.type, event.schemaVersion, event.payload) as never;
    const changes = group.access.get(event.type)!(payload, openEnvelope(event));
    await access.apply(changes, event.stream, event.sequence!);
  }
}
