import { type MessagePort } from 'node:worker_threads';
import { type ExpectedRevision, type NewEvent } from '../event-log.js';

/**
 * What passes between the log's own thread and the writer's: once per tick to the writer, once per commit back.
 * Appends travel as one flat list of values: cloning it costs about half of cloning objects.
 */
export type ToWriter = { appends: FlatValue[] } | { subscribe: MessagePort } | { close: true };

export type FromWriter =
  | { ready: number }
  | { refused: string }
  /** The answers to the oldest appends that are not answered yet, in order: see `Answer`. */
  | { answers: number[]; head: number }
  /** As many of the oldest appends met a full disk and were not stored. */
  | { full: number }
  /** As many of the oldest appends failed, perhaps stored if `outcomeUnknown`; the writer has stopped. */
  | { failed: number; outcomeUnknown: boolean; cause: string }
  | { closed: true };

export type FlatValue = string | number | null;

/** How an answer begins; `STORED` goes on with revision and sequence of the first event, `REPEATED` with the first revision and each event's sequence, `CONFLICT` with the stream's revision. */
export const Answer = { STORED: 0, REPEATED: 1, CONFLICT: 2 } as const;

/** What stands in `Append.expected` for no stream yet, and for whatever there is. */
export const NONE = -1;
export const ANY = -2;

export interface Append {
  stream: string;
  /** A revision, `NONE` or `ANY`. */
  expected: number;
  /** The hash of the event at that revision; none: not checked. */
  previousHash?: string | null;
  events: NewEvent[];
}

/** Puts an append behind those that are packed: stream, expected revision, previous hash, how many events, then eight values of each. */
export function pack(to: FlatValue[], stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): void {
  const revision = expected === 'none' ? NONE : expected === 'any' ? ANY : expected;
  to.push(stream, revision, events[0].previousHash ?? null, events.length);
  for (const e of events) {
    to.push(e.id, e.type, e.schemaVersion, e.payload, e.metadata, e.hash, e.commandId, e.commandHash);
  }
}

/** The appends that `pack` put into a list, in their order. */
export function unpack(values: FlatValue[]): Append[] {
  const appends: Append[] = [];
  for (let at = 0; at < values.length;) {
    const append: Append = {
      stream: values[at] as string,
      expected: values[at + 1] as number,
      previousHash: values[at + 2] as string | null,
      events: [],
    };
    const count = values[at + 3] as number;
    at += 4;
    for (let n = 0; n < count; n++, at += 8) {
      append.events.push({
        id: values[at] as string,
        type: values[at + 1] as string,
        schemaVersion: values[at + 2] as number,
        payload: values[at + 3] as string,
        metadata: values[at + 4] as string,
        hash: values[at + 5] as string,
        commandId: values[at + 6] as string | null,
        commandHash: values[at + 7] as string | null,
      });
    }
    appends.push(append);
  }
  return appends;
}
