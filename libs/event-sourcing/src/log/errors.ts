import { type Checkpoint, type ExpectedRevision, type Revision } from './event-log.js';

/** The stream is not where the append expected it. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** -1 when the stream does not exist. */
    readonly actual: Revision,
  ) {
    super(
      expected === actual
        ? `${stream} has another event at revision ${actual} than the one that was expected there.`
        : `${stream} is at revision ${actual}, not at ${expected}.`,
    );
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

/** The disk that holds the log is full; nothing was stored, and once there is space again the log goes on. */
export class LogDiskFull extends LogUnavailable {}

/** The disk that holds the log has less free space than its floor: nothing is stored until there is more. */
export class LogDiskLow extends LogUnavailable {}

/** A log that cannot be opened; the message is one sentence with the cause and the remedy. */
export class LogCannotOpen extends Error {}

/** A file that is something else than an event log, or whose beginning is damaged. */
export class NoEventLog extends LogCannotOpen {}

/** A checkpoint that lies beyond the log's head: it is another log's, or the log was restored from an older backup. */
export class CheckpointAhead extends Error {
  constructor(
    readonly checkpoint: Checkpoint,
    readonly head: Checkpoint,
  ) {
    super(
      `The checkpoint ${checkpoint.sequence} is ahead of the log, which ends at ${head.sequence}: ` +
        'it belongs to another log or to a time before this one was restored; build anew what it belongs to.',
    );
  }
}

/** A checkpoint at whose position no event of this log stands. */
export class CheckpointUnknown extends Error {
  constructor(readonly checkpoint: Checkpoint) {
    super(
      `No event of this log stands at the position of the checkpoint ${checkpoint.sequence} (${checkpoint.position}): ` +
        'it belongs to another log or to a time before this one was restored; build anew what it belongs to.',
    );
  }
}

/** A second process on a data folder. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    /** The owner's process id; null while it is still starting. */
    readonly pid: number | null,
  ) {
    super(
      `The folder ${folder} is in use by ${pid === null ? 'another process' : `process ${pid}`}: ` +
        'stop that process, or set DATA_DIR to another folder.',
    );
  }
}
