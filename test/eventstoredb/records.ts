import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

/** What is to be stored. */
export interface NewRecord {
  stream: string;
  id: string;
  type: string;
  contentType: string;
  data: Buffer;
  metadata: Buffer;
}

/** A record of the transaction log. */
export interface StoredRecord extends NewRecord {
  /** Of the stream; a tombstone has 2^63-1. */
  revision: bigint;
  /** Where its line begins in the file: positions have gaps, and grow inside an append. */
  position: bigint;
  /** .NET ticks since 1970. */
  created: bigint;
  /** Its answer to a read, once it was asked for. */
  encoded?: Buffer;
}

export const TOMBSTONE = 9_223_372_036_854_775_807n;
const HEADER = 'records of an EventStoreDB double\n';

type Line = [
  stream: string,
  revision: string,
  id: string,
  type: string,
  json: boolean,
  data: string,
  metadata: string,
  created: string,
];

/** The transaction log on disk, and all of it in memory. What was written stays when the process is killed. */
export class Records {
  readonly all: StoredRecord[] = [];
  readonly streams = new Map<string, StoredRecord[]>();
  private readonly file: number;
  private end = 0;

  constructor(path: string) {
    if (!existsSync(path)) writeFileSync(path, HEADER);
    const bytes = readFileSync(path);
    // A line that a kill has cut off was never answered.
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    for (let at = HEADER.length; at < whole;) {
      const end = bytes.indexOf(10, at);
      this.take(parsed(bytes.toString('utf8', at, end), BigInt(at)));
      at = end + 1;
    }
    this.end = whole;
    this.file = openSync(path, 'a');
  }

  /** Writes all of these at once, each at its stream's next revision. */
  write(records: readonly NewRecord[], revision?: bigint): StoredRecord[] {
    const created = BigInt(Date.now()) * 10_000n;
    let text = '';
    let at = this.end;
    const stored = records.map((record) => {
      const full = {
        ...record,
        revision: revision ?? this.lastRevision(record.stream) + 1n,
        position: BigInt(at),
        created,
      };
      const line = lineOf(full);
      text += line;
      at += Buffer.byteLength(line);
      this.take(full);
      return full;
    });
    writeSync(this.file, text);
    this.end = at;
    return stored;
  }

  /** -1n without a stream. */
  lastRevision(stream: string): bigint {
    return this.streams.get(stream)?.at(-1)?.revision ?? -1n;
  }

  isDeleted(stream: string): boolean {
    return this.lastRevision(stream) === TOMBSTONE;
  }

  /** The index of the first record at this position or after it. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle].position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  close(): void {
    closeSync(this.file);
  }

  private take(record: StoredRecord): void {
    this.all.push(record);
    const stream = this.streams.get(record.stream);
    if (stream) stream.push(record);
    else this.streams.set(record.stream, [record]);
  }
}

function lineOf({ stream, revision, id, type, contentType, data, metadata, created }: StoredRecord): string {
  const json = contentType === 'application/json';
  const texts = [data, metadata].map((bytes) => bytes.toString('base64'));
  return `${JSON.stringify([stream, String(revision), id, type, json, ...texts, String(created)])}\n`;
}

function parsed(line: string, position: bigint): StoredRecord {
  const [stream, revision, id, type, json, data, metadata, created] = JSON.parse(line) as Line;
  return {
    stream,
    revision: BigInt(revision),
    id,
    type,
    contentType: json ? 'application/json' : 'application/octet-stream',
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
    position,
    created: BigInt(created),
  };
}
