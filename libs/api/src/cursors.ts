import { hash } from 'node:crypto';
import { refuse } from '#event-sourcing/refusal.js';

/** Where a page of a list ended. */
export interface Cursor {
  /** Which list: `case.observations`, `events`. */
  kind: string;
  /** The sequence that all pages are read at: that of the first. */
  sequence: number;
  /** The last row's place in the list's order; the list's own business. */
  position: string | number;
}

/** What a cursor must fit to be continued from. */
export interface CursorExpectation {
  kind: string;
  /** The list's arguments beside `first` and `after`; others than the first page's give another list. */
  args?: unknown;
  /** The last sequence of the log. */
  head: number;
}

const SIGN = 16;
const REMEDY = 'Ask for the first page again, without `after`.';

/** Makes and reads the opaque cursors of one log's lists. They are signed, so a damaged or invented one is noticed. */
export class Cursors {
  private readonly log: string;

  constructor(
    logId: string,
    /** Signs the cursors; derived from the log unless given, as a cursor gives nobody anything they may not read. */
    private readonly secret: string = `cursors of ${logId}`,
  ) {
    this.log = logId.slice(0, 8);
  }

  encode({ kind, sequence, position }: Cursor, args?: unknown): string {
    const text = JSON.stringify([kind, this.log, sequence, position, digest(args)]);
    return Buffer.from(this.sign(text) + text).toString('base64url');
  }

  /** The cursor in `text` if it continues the expected list; refuses with `CURSOR_INVALID` and what to do instead. */
  decode(text: string, { kind, args, head }: CursorExpectation): Cursor {
    const [ofKind, log, sequence, position, ofArgs] = this.open(text);
    if (log !== this.log) invalidCursor('it was made by another log');
    if (ofKind !== kind) invalidCursor(`it is one of ${ofKind}, not of ${kind}`);
    if (ofArgs !== digest(args)) invalidCursor('the arguments of the list are not those of its first page');
    if (sequence > head) aheadOfLog(sequence, head);
    return { kind, sequence, position };
  }

  private open(text: string): [string, string, number, string | number, string] {
    const plain = Buffer.from(text, 'base64url').toString();
    const content = plain.slice(SIGN);
    if (content === '' || plain.slice(0, SIGN) !== this.sign(content)) {
      invalidCursor('it is damaged, or was made by another log');
    }
    return JSON.parse(content) as [string, string, number, string | number, string];
  }

  /** A truncated hash cannot be extended, so the secret in front suffices. */
  private sign(text: string): string {
    return hash('sha256', `${this.secret}\n${text}`, 'base64url').slice(0, SIGN);
  }
}

/** Short, and the same for the same arguments: absent ones, nulls and the order of names do not count. */
function digest(args: unknown): string {
  return args === undefined || args === null
    ? ''
    : hash('sha256', JSON.stringify(args, sorted), 'base64url').slice(0, 8);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Refuses a place behind the end of the log. */
export function aheadOfLog(sequence: number, head: number): never {
  invalidCursor(`it stands at sequence ${sequence}, and the log ends at ${head} (was a backup restored?)`);
}

/** Refuses a cursor, with what to do instead. */
export function invalidCursor(why: string): never {
  refuse('CURSOR_INVALID', `The cursor cannot be used: ${why}. ${REMEDY}`);
}
