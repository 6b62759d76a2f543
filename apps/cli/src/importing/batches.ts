import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Lines that are sent together, with where they stand. */
export interface Batch {
  /** The number of the first line, from 1. */
  first: number;
  /** Each as its bytes, without its end: whether they are UTF-8 is for the server to say. */
  lines: Buffer[];
  /** SHA-256, in hex, of the file up to the end of the last line. */
  digest: string;
}

/** Lines, and bytes, of a batch: a request is answered long before anything cuts it off. */
const MOST_LINES = 2_000;
const MOST_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** How many bytes a line ends with that are none of it. */
const endOf = (line: Buffer): number => {
  if (line.at(-1) !== NEWLINE) return 0;
  return line.at(-2) === RETURN ? 2 : 1;
};

/** A file's lines, as they stand, in batches. */
export async function* batchesOf(file: string): AsyncGenerator<Batch> {
  const hash = createHash('sha256');
  let rest = Buffer.alloc(0);
  let [first, lines, bytes]: [number, Buffer[], number] = [1, [], 0];
  const batch = (): Batch => {
    const taken = { first, lines, digest: hash.copy().digest('hex') };
    [first, lines, bytes] = [first + taken.lines.length, [], 0];
    return taken;
  };
  const add = (line: Buffer): void => {
    hash.update(line);
    bytes += line.length;
    lines.push(line.subarray(0, line.length - endOf(line)));
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      add(Buffer.concat([rest, chunk.subarray(from, end + 1)]));
      rest = Buffer.alloc(0);
      from = end + 1;
      if (lines.length === MOST_LINES || bytes > MOST_BYTES) yield batch();
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (rest.length > 0) add(rest);
  if (lines.length > 0) yield batch();
}

/** How many lines a file has. Throws the system's error where it cannot be read. */
export async function linesIn(file: string): Promise<number> {
  let [lines, last] = [0, NEWLINE];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, end + 1)) lines++;
    last = chunk.at(-1)!;
  }
  return last === NEWLINE ? lines : lines + 1;
}
