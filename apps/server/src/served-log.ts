import { LogDiskLow } from '#event-sourcing/log/errors.js';
import {
  type Appended,
  type CommandLog,
  type ExpectedRevision,
  type NewEvent,
  type ReadStreamOptions,
  type StoredEvent,
} from '#event-sourcing/log/event-log.js';
import { type DiskSpace } from './disk-space.js';

/** Hears how appends end. */
export interface AppendObserver {
  /** @param ms from its sending to its durability, in milliseconds */
  appended(ms: number): void;
  notAppended(error: unknown): void;
}

/** The log as commands use it: it takes nothing while the disk is below its floor, and tells how long appends took. */
export class ServedLog implements CommandLog {
  constructor(
    private readonly log: CommandLog,
    private readonly disk: Pick<DiskSpace, 'isLow' | 'free' | 'floor'>,
    private readonly observer: AppendObserver,
  ) {}

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const since = performance.now();
    const appended = this.disk.isLow ? Promise.reject(this.tooLow()) : this.log.append(stream, events, expected);
    appended.then(
      () => this.observer.appended(performance.now() - since),
      (error: unknown) => this.observer.notAppended(error),
    );
    return appended;
  }

  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<StoredEvent[]> {
    return this.log.readStream(stream, options);
  }

  private tooLow(): LogDiskLow {
    const [free, floor] = [this.disk.free, this.disk.floor].map((bytes) => Math.floor(bytes / 1_048_576));
    return new LogDiskLow(
      `The disk of the event log has ${free} MiB left, less than the ${floor} MiB of DISK_FLOOR_MB: nothing is stored until space is freed.`,
    );
  }
}
