import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type CountedPlace } from './counted-place.js';

/** How often it is written at most, in milliseconds. */
const INTERVAL = 5_000;
const POSITION = /^\d+\/\d+$/;

/**
 * Keeps the last place a log was counted up to in a file, so that the next start counts on from there. It is a note, not
 * data: whatever is wrong with it, the log is counted from its first event.
 */
export class PlaceNote {
  private place?: CountedPlace;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    /** Which log it is a note of: the address and prefix. */
    private readonly log: string,
  ) {}

  read(): CountedPlace | undefined {
    try {
      const { log, sequence, position, eventId, scanned } = JSON.parse(
        readFileSync(this.file, 'utf8'),
      ) as CountedPlace & {
        log: string;
      };
      const isNote = log === this.log && Number.isSafeInteger(sequence) && sequence > 0 && POSITION.test(position);
      if (!isNote || typeof eventId !== 'string') return undefined;
      return { sequence, position, eventId, scanned: POSITION.test(scanned ?? '') ? scanned : undefined };
    } catch {
      return undefined;
    }
  }

  keep(place: CountedPlace): void {
    this.place = place;
    this.timer ??= setTimeout(() => this.write(), INTERVAL).unref();
  }

  /** Writes what is not written yet. */
  close(): void {
    if (this.timer) this.write();
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const next = `${this.file}.next`;
    try {
      writeFileSync(next, `${JSON.stringify({ log: this.log, ...this.place })}\n`, { mode: 0o600 });
      renameSync(next, this.file);
    } catch {
      // The next start counts from further back.
    }
  }
}
