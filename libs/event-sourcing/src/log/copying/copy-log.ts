import { contentHash } from '../../hash.js';
import { type EventLog, type EventLogReader, MAX_APPEND_BYTES, type StoredEvent } from '../event-log.js';
import { difference } from './difference.js';

/** A copy that cannot be made; the message is one sentence with the cause and the remedy. */
export class CopyRefused extends Error {}

/** Where a log is copied to: opened with the other's first event as its own, and written by nobody else meanwhile. */
export interface CopyTarget {
  log: EventLog;
  /**
   * How many appends may be on their way at once. More than one only where a log stores those that are sent together as they
   * come or not at all: a copy holds the same events in the same order.
   */
  appendsAtOnce: number;
}

export type CopyProgress = { copied: number; of: number } | { verified: number; of: number };

/** The most events, and bytes of text, of one append and of those on their way. */
const EVENTS = 500;
const BYTES = Math.floor(MAX_APPEND_BYTES / 2);

/**
 * Copies what the source holds at this moment behind what the target holds of it, and compares all of both afterwards, event by
 * event. Broken off, it goes on where it was. Returns the last sequence. Rejects with `CopyRefused` where the target is no
 * beginning of the source, where the source is not sound, and where they differ; else with what a log rejects with.
 */
export async function copyLog(
  source: EventLogReader,
  target: CopyTarget,
  progress: (progress: CopyProgress) => void = () => undefined,
): Promise<number> {
  const { sequence: of } = await source.head();
  const there = await target.log.head();
  await checkBeginning(source, target.log, there.sequence, of);
  const [last] = there.sequence === 0 ? [] : await target.log.readEvents([there]);
  const sending = new Sending(target);
  for await (const page of source.readAll()) {
    for (const event of page) {
      if (event.sequence! > of) break;
      if (event.sequence === last?.sequence) refuseDifference(event, last);
      if (event.sequence! > there.sequence) await sending.add(sound(event));
    }
    progress({ copied: Math.min(page.at(-1)!.sequence!, of), of });
    if (page.at(-1)!.sequence! >= of) break;
  }
  await sending.flush();
  await compare(source, target.log, of, progress);
  return of;
}

async function checkBeginning(source: EventLogReader, target: EventLogReader, there: number, of: number) {
  const [from, to] = [await source.identity(), await target.identity()];
  if (from !== to) {
    throw new CopyRefused(
      `The log to copy to is another one already (${to}; the one to copy is ${from}): choose a place where there is none, or, on EventStoreDB, another prefix.`,
    );
  }
  if (there > of) {
    throw new CopyRefused(
      `The log to copy to holds ${there} events, more than the ${of} of the one to copy: it was written to since. Copy the other way, or begin anew at another place.`,
    );
  }
}

/** Compares both up to this sequence. Rejects with `CopyRefused` at the first difference. */
async function compare(
  source: EventLogReader,
  target: EventLogReader,
  of: number,
  progress: (progress: CopyProgress) => void,
): Promise<void> {
  const copies = each(target);
  let verified = 0;
  try {
    for await (const event of each(source)) {
      if (event.sequence! > of) break;
      const { value: copy } = await copies.next();
      refuseDifference(event, copy ?? undefined);
      sound(event);
      if (++verified % EVENTS === 0) progress({ verified, of });
    }
  } finally {
    await copies.return();
  }
}

async function* each(log: EventLogReader): AsyncGenerator<StoredEvent, void, void> {
  for await (const page of log.readAll()) yield* page;
}

function refuseDifference(event: StoredEvent, copy: StoredEvent | undefined): void {
  const what = copy ? difference(event, copy) : 'is missing';
  if (!what) return;
  throw new CopyRefused(
    `Event ${event.sequence} (${event.type}, id ${event.id}, revision ${event.revision} of ${event.stream}) ${what} in the log that was copied to: it is no copy. Begin anew at another place.`,
  );
}

/** An event that is what was recorded. */
function sound(event: StoredEvent): StoredEvent {
  if (contentHash(event.metadata, event.payload) === event.hash) return event;
  throw new CopyRefused(
    `Event ${event.sequence} (${event.type}, id ${event.id}) of the log to copy does not have the hash of its content: it was altered. Restore the log from a sound backup first.`,
  );
}

/** Sends events in their order: those of a stream that follow each other in one append. */
class Sending {
  private appends: StoredEvent[][] = [];
  private events = 0;
  private bytes = 0;

  constructor(private readonly target: CopyTarget) {}

  async add(event: StoredEvent): Promise<void> {
    const bytes = Buffer.byteLength(event.payload) + Buffer.byteLength(event.metadata);
    const last = this.appends.at(-1);
    const isFull = this.events >= EVENTS || this.bytes + bytes > BYTES;
    const follows = last?.[0].stream === event.stream;
    if (last && (isFull || (!follows && this.appends.length >= this.target.appendsAtOnce))) await this.flush();
    if (this.appends.length > 0 && follows) this.appends.at(-1)!.push(event);
    else this.appends.push([event]);
    this.events++;
    this.bytes += bytes;
  }

  /** Resolves when all that was added is stored. Sent in one go: a log that takes several at once takes them as one. */
  async flush(): Promise<void> {
    const { appends } = this;
    Object.assign(this, { appends: [], events: 0, bytes: 0 });
    const { log } = this.target;
    await Promise.all(
      appends.map((events) => {
        const [{ stream, revision }] = events;
        return log.append(stream, events, revision === 0 ? 'none' : revision - 1);
      }),
    );
  }
}
