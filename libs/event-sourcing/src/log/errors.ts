import { type ExpectedRevision, type Revision } from './event-log.js';

/** The stream is not where the append expected it. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** -1 when the stream does not exist. */
    readonly actual: Revision | -1,
  ) {
    super(`${stream} is at revision ${actual}, not at ${expected}.`);
  }
}

/** One append carries more than `MAX_APPEND_BYTES`. */
export class AppendTooLarge extends Error {
  constructor(
    readonly bytes: number,
    readonly allowed: number,
  ) {
    super(`The events of one append are ${bytes} bytes; at most ${allowed} are allowed.`);
  }
}

/** The queue of waiting appends is full; nothing was stored. */
export class LogOverloaded extends Error {}

/** The log cannot store at the moment (full disk, server away). */
export class LogUnavailable extends Error {
  constructor(
    message: string,
    readonly outcomeUnknown = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
