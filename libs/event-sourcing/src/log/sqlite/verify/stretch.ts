import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type EventRegistry } from '../../../registry.js';
import { SYSTEM_LOG } from '../../system-log.js';
import { type Problem, type ProblemKind } from './problem.js';
import { RowReader } from './row-reader.js';
import { RowCheck, type StoredRow, textOf } from './stored-row.js';

/** Rows read at once: to begin with, and then as many as fill so many bytes at the size they had so far. */
const ROWS = 64;
const BYTES = 524_288;
/** An event's hash and a line feed, in the text that the log's digest is over. */
export const LINE = 65;

/** Where a stream stands at the begin and the end of a stretch of the log. */
export interface StreamEnds {
  stream: string;
  first: { sequence: number; id: string; type: string; revision: number; previousHash: string | null };
  last: { revision: number; hash: string };
}

/** What was found in a stretch of the log, for whoever joins it to those before it. */
export interface Findings {
  problems: Problem[];
  streams: StreamEnds[];
  /** Of each event, in log order. */
  sequences: Float64Array<ArrayBuffer>;
  /** Of each event, a number made of its id: the same for the same id, and hardly ever for another. */
  idKeys: Float64Array<ArrayBuffer>;
  /** The hash of each event and a line feed, in log order. */
  hashes: Uint8Array<ArrayBuffer>;
  /** Types and versions that this software does not know, with how many events have them. */
  unknown: Map<string, number>;
  /** The log's identity, where its first event is in this stretch. */
  logId: string | null;
}

/** Checks stretches of the log, each event by itself and in its stream as far as the stretch reaches. */
export class Stretches {
  private readonly rows: RowCheck;
  private readonly reader: RowReader;

  constructor(db: DatabaseSyncInstance, registry: EventRegistry) {
    this.rows = new RowCheck(registry);
    this.reader = new RowReader(db);
  }

  /** Checks the events after one sequence up to another. Throws what SQLite throws when the file cannot be read. */
  check(after: number, to: number): Findings {
    const stretch = new Stretch();
    let bytes = 0;
    let count = 0;
    for (let last = after; last < to;) {
      const asked = count === 0 ? ROWS : Math.max(1, Math.floor((BYTES * count) / Math.max(bytes, 1)));
      const rows = this.reader.page(last, to, asked);
      for (const row of rows) {
        if (Array.isArray(row)) {
          bytes += (row[8]?.length ?? 0) + (row[9]?.length ?? 0);
          stretch.take(row, this.rows.check(row));
        } else stretch.unreadable(row.sequence, row.why);
      }
      const end = rows.at(-1);
      if (!end) break;
      count += rows.length;
      last = Array.isArray(end) ? end[0] : end.sequence;
    }
    return stretch.findings(after, to);
  }
}

class Stretch {
  private readonly problems: Problem[] = [];
  private readonly streams = new Map<string, StreamEnds>();
  private readonly sequences: number[] = [];
  private readonly idKeys: number[] = [];
  private readonly unknown = new Map<string, number>();
  private lines = '';
  private logId: string | null = null;

  take(row: StoredRow, { problem, previousHash, unknown }: ReturnType<RowCheck['check']>): void {
    const [sequence, revision, id, type, , , , hash, payload, , stream] = row;
    if (problem) this.problem('ALTERED', row, problem);
    if (unknown) this.unknown.set(unknown, (this.unknown.get(unknown) ?? 0) + 1);
    if (type === 'LogCreated' && stream === SYSTEM_LOG && sequence === 1 && !problem) {
      this.logId = (JSON.parse(textOf(payload)) as { logId: string }).logId;
    } else if (type === 'LogCreated') this.problem('OUT_OF_ORDER', row, 'it is not the first of the log');
    this.sequences.push(sequence);
    this.idKeys.push(keyOf(String(id)));
    this.lines += `${String(hash)
      .padEnd(LINE - 1)
      .slice(0, LINE - 1)}\n`;
    this.follow(String(stream), row, { sequence, id, type, revision, previousHash }, String(hash));
  }

  unreadable(sequence: number, why: string): void {
    this.problems.push({ kind: 'ALTERED', sequence, event: null, what: `it cannot be read (${why})` });
    this.sequences.push(sequence);
    this.idKeys.push(-sequence);
    this.lines += `${' '.repeat(LINE - 1)}\n`;
  }

  findings(after: number, to: number): Findings {
    let expected = after + 1;
    for (const sequence of this.sequences) {
      if (sequence !== expected) this.gap(expected, sequence - 1);
      expected = sequence + 1;
    }
    if (expected <= to) this.gap(expected, to);
    return {
      problems: this.problems,
      streams: [...this.streams.values()],
      sequences: Float64Array.from(this.sequences),
      idKeys: Float64Array.from(this.idKeys),
      // A copy of its own, so that it can be handed over: small buffers share one.
      hashes: new Uint8Array(Buffer.from(this.lines, 'latin1')),
      unknown: this.unknown,
      logId: this.logId,
    };
  }

  private follow(stream: string, row: StoredRow, here: StreamEnds['first'], hash: string): void {
    const ends = this.streams.get(stream);
    const last = { revision: here.revision, hash };
    if (!ends) {
      this.streams.set(stream, { stream, first: here, last });
      return;
    }
    const break_ = breakIn(ends.last, here);
    if (break_) this.problem(break_.kind, row, break_.what);
    ends.last = last;
  }

  private problem(
    kind: ProblemKind,
    [sequence, revision, id, type, , , , , , , stream]: StoredRow,
    what: string,
  ): void {
    this.problems.push({ kind, sequence, event: { id, type, stream: String(stream), revision }, what });
  }

  private gap(from: number, to: number): void {
    const what = from === to ? `there is no event ${from}` : `there are no events from ${from} to ${to}`;
    this.problems.push({ kind: 'MISSING', sequence: from, event: null, what });
  }
}

/** Where an event does not follow the one before it in its stream: null if it does. Null as `last`: it is the first. */
export function breakIn(
  last: StreamEnds['last'] | null,
  { revision, previousHash }: StreamEnds['first'],
): { kind: ProblemKind; what: string } | null {
  const expected = last ? last.revision + 1 : 0;
  if (revision > expected) {
    const what = `it is revision ${revision} of its stream, and the one before it is ${last ? `revision ${last.revision}` : 'missing'}`;
    return { kind: 'MISSING', what };
  }
  if (revision < expected) {
    return {
      kind: 'OUT_OF_ORDER',
      what: `it is revision ${revision} of its stream, ${last ? `and stands after revision ${last.revision}` : 'which begins with revision 0'}`,
    };
  }
  if (previousHash === (last?.hash ?? null)) return null;
  return { kind: 'ALTERED', what: 'its previous hash is not the hash of the event before it in its stream' };
}

/** 48 bits of a UUID, past those that tell the time in some versions. */
function keyOf(id: string): number {
  const key = parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return Number.isNaN(key) ? 0 : key;
}
