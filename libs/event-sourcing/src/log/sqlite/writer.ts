import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { Answer, ANY, type Append, NONE } from './append-messages.js';
import { openForWriting } from './database.js';
import { isFull, isOutOfSpace, messageOf } from './sqlite-error.js';

interface Tail {
  streamId: number;
  revision: number;
  /** Of the last event; empty before the first. */
  hash: string;
}

/** The disk is full; the group was rolled back and the writer can go on. */
export class DiskFull extends Error {}

/** The group failed in a way that nobody can answer for; the writer must stop. */
export class WriteFailed extends Error {
  constructor(
    message: string,
    /** The commit itself failed: the group may come back when the file is opened again. */
    readonly outcomeUnknown: boolean,
  ) {
    super(message);
  }
}

/** The only connection that writes. It knows each stream's tail and refuses a conflict before it inserts anything. */
export class Writer {
  /** The last sequence that is durable. */
  head: number;
  private readonly db: DatabaseSyncInstance;
  private readonly tails = new Map<string, Tail>();
  private readonly touched = new Set<string>();
  private readonly begin: StatementSyncInstance;
  private readonly commit: StatementSyncInstance;
  private readonly findTail: StatementSyncInstance;
  private readonly findEvents: StatementSyncInstance;
  private readonly addStream: StatementSyncInstance;
  private readonly addEvent: StatementSyncInstance;

  constructor(
    file: string,
    maxBytes?: number,
    /** Streams whose last revision is remembered; the others are looked up when they are written to. */
    private readonly mostTails = 20_000,
  ) {
    const db = (this.db = openForWriting(file, maxBytes));
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.findTail = db.prepare(
      'SELECT s.id AS streamId, e.revision, e.hash FROM streams s JOIN events e ON e.stream_id = s.id WHERE s.name = ? ORDER BY e.revision DESC LIMIT 1',
    );
    this.findEvents = db.prepare(
      'SELECT id, hash, sequence FROM events WHERE stream_id = ? AND revision > ? AND revision <= ? ORDER BY revision',
    );
    this.addStream = db.prepare('INSERT INTO streams (name) VALUES (?)');
    this.addEvent = db.prepare(
      `INSERT INTO events (sequence, stream_id, revision, id, type, schema_version, command_id, command_hash, hash, payload, metadata)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.head = (db.prepare('SELECT max(sequence) AS head FROM events').get() as { head: number | null }).head ?? 0;
  }

  get remembered(): number {
    return this.tails.size;
  }

  /**
   * Writes a group in one transaction; what it returns is durable. The answers are one after another, as `Answer` says.
   * Throws `DiskFull` or `WriteFailed`: then nothing of the group counts, its refusals included.
   */
  write(group: readonly Append[]): number[] {
    const answers: number[] = [];
    let sequence = this.head;
    let committing = false;
    this.touched.clear();
    try {
      this.begin.run();
      for (const append of group) sequence = this.apply(append, sequence, answers);
      committing = true;
      this.commit.run();
    } catch (error) {
      throw this.undo(error, committing);
    }
    this.head = sequence;
    return answers;
  }

  /** Empties the write-ahead log into the file, as far as readers and the disk allow, and closes. */
  close(): void {
    try {
      this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Everything stays safe in the write-ahead log, and the next start goes on from there.
    }
    this.db.close();
  }

  private apply({ stream, expected, previousHash, events }: Append, sequence: number, answers: number[]): number {
    let tail = this.tail(stream);
    const actual = tail?.revision ?? NONE;
    if (expected !== ANY && expected !== actual) {
      const sequences = tail && expected < actual ? this.repeated(tail, expected, events) : null;
      if (sequences) answers.push(Answer.REPEATED, expected + 1, ...sequences);
      else answers.push(Answer.CONFLICT, actual);
      return sequence;
    }
    if (tail && expected !== ANY && previousHash && previousHash !== tail.hash) {
      answers.push(Answer.CONFLICT, actual);
      return sequence;
    }
    answers.push(Answer.STORED, actual + 1, sequence + 1);
    this.touched.add(stream);
    tail ??= this.newStream(stream);
    for (const e of events) {
      this.addEvent.run(
        ++sequence,
        tail.streamId,
        ++tail.revision,
        e.id,
        e.type,
        e.schemaVersion,
        e.commandId,
        e.commandHash,
        e.hash,
        e.payload,
        e.metadata,
      );
      tail.hash = e.hash;
    }
    return sequence;
  }

  /** The sequences of these very events, if they stand right after this revision; appends of the same group included. */
  private repeated(tail: Tail, after: number, events: Append['events']): number[] | null {
    const found = this.findEvents.all(tail.streamId, after, after + events.length) as {
      id: string;
      hash: string;
      sequence: number;
    }[];
    const same =
      found.length === events.length &&
      found.every(({ id, hash }, n) => id === events[n].id && hash === events[n].hash);
    return same ? found.map((event) => event.sequence) : null;
  }

  private tail(stream: string): Tail | undefined {
    let tail = this.tails.get(stream);
    // Taken out and put back, so that the one forgotten first is the one not written to for longest.
    if (tail) this.tails.delete(stream);
    else tail = this.findTail.get(stream) as Tail | undefined;
    if (tail) this.remember(stream, tail);
    return tail;
  }

  private newStream(stream: string): Tail {
    const tail = { streamId: Number(this.addStream.run(stream).lastInsertRowid), revision: NONE, hash: '' };
    this.remember(stream, tail);
    return tail;
  }

  private remember(stream: string, tail: Tail): void {
    if (this.tails.size >= this.mostTails) this.tails.delete(this.tails.keys().next().value!);
    this.tails.set(stream, tail);
  }

  private undo(error: unknown, committing: boolean): DiskFull | WriteFailed {
    for (const stream of this.touched) this.tails.delete(stream);
    const cause = messageOf(error);
    const goesOn = committing ? isFull(error) : isOutOfSpace(error);
    try {
      // Some failures have rolled back already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
    } catch {
      return new WriteFailed(cause, committing);
    }
    return goesOn ? new DiskFull(cause) : new WriteFailed(cause, committing);
  }
}
