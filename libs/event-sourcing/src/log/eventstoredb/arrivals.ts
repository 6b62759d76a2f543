import { type Revision } from '../event-log.js';
import { hashOf, nameOf, type RecordedEvent } from './stored-event.js';

/** An event that was sent and is waited for: what stands at its place when it has come by. */
export interface Arrival {
  /** The hash of the event that stands there; undefined if none came by within so many milliseconds. */
  within(mostMs: number): Promise<string | undefined>;
  /** Nobody waits any longer. */
  forget(): void;
}

/**
 * What comes back over the subscription of what was sent. The server answers an append of known ids as it answered the first
 * one, whatever else is in it: only the event itself tells whose it is.
 */
export class Arrivals {
  private readonly awaited = new Map<string, (hash: string) => void>();

  /** Waits for the event at this revision of a stream, named as on the server. Call it before the event is sent. */
  expect(name: string, revision: Revision): Arrival {
    const key = `${name}@${revision}`;
    let hash: string | undefined;
    let arrived: ((hash: string) => void) | undefined;
    this.awaited.set(key, (found) => {
      hash = found;
      arrived?.(found);
    });
    return {
      within: (mostMs) =>
        new Promise((resolve) => {
          if (hash !== undefined) return resolve(hash);
          const timer = setTimeout(() => resolve(undefined), mostMs);
          arrived = (found) => {
            clearTimeout(timer);
            resolve(found);
          };
        }),
      forget: () => void this.awaited.delete(key),
    };
  }

  /** An event came by. */
  pass(event: RecordedEvent): void {
    if (this.awaited.size === 0) return;
    this.awaited.get(`${nameOf(event)}@${event.getStreamRevision()}`)?.(hashOf(event));
  }
}
