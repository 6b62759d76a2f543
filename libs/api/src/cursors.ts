import { hash, timingSafeEqual } from 'node:crypto';
import { refuse } from '#event-sourcing/refusal.js';

/** Where a page of a list ended. */
export interface Cursor {
  /** Which list: `case.observations`, `events`. */
  kind: string;
  /** The sequence that all pages are read at: that of the first. */
  sequence: number;
  /** The last row's place in the list's order; the list's own business. */
  position: string | number;
  /**
   * When the event of its sequence was recorded, in milliseconds since 1970: where a backup was restored, another may stand
   * there by now. Undefined where that was not known.
   */
  recordedAt?: number;
}

/** What a cursor must fit to be continued from. */
export interface CursorExpectation {
  kind: string;
  /** The list's arguments beside `first` and `after`; others than the first page's give another list. */
  args?: unknown;
  /** The last sequence of the log. */
  head: number;
}

/** What a cursor says; its last is left out where it is not known. */
type CursorContent = [
  kind: string,
  log: string,
  sequence: number,
  position: string | number,
  args: string,
  recordedAt?: number,
];

/** Characters of the signature: 96 bits. */
const SIGN = 16;
const REMEDY = 'Ask for the first page again, without `after`.';

/** The cursors of one principal: nobody else's are taken. What the principal may see is asked anew behind each of them. */
export interface OwnCursors {
  encode(cursor: Cursor, args?: unknown): string;
  /** The cursor in `text` if it continues the expected list; refuses with `CURSOR_INVALID` and what to do instead. */
  decode(text: string, expectation: CursorExpectation): Cursor;
}

/**
 * Makes and reads the opaque cursors of one log's lists, each signed with the installation's secret for the principal it is
 * given to: an invented, a damaged or somebody else's is noticed.
 */
export class Cursors {
  private readonly log: string;

  /** @param secret known to nobody outside this installation: with it anybody could make cursors */
  constructor(
    logId: string,
    private readonly secret: string,
  ) {
    this.log = logId.slice(0, 8);
  }

  of(principalId: string): OwnCursors {
    return {
      encode: (cursor, args) => this.encode(cursor, args, principalId),
      decode: (text, expectation) => this.decode(text, expectation, principalId),
    };
  }

  private encode({ kind, sequence, position, recordedAt }: Cursor, args: unknown, principalId: string): string {
    const content: CursorContent = [kind, this.log, sequence, position, digest(args)];
    if (recordedAt !== undefined) content.push(recordedAt);
    const text = JSON.stringify(content);
    return Buffer.from(this.sign(text, principalId) + text).toString('base64url');
  }

  private decode(text: string, { kind, args, head }: CursorExpectation, principalId: string): Cursor {
    const [ofKind, log, sequence, position, ofArgs, recordedAt] = this.open(text, principalId);
    if (log !== this.log) invalidCursor('it was made by another log');
    if (ofKind !== kind) invalidCursor(`it is one of ${ofKind}, not of ${kind}`);
    if (ofArgs !== digest(args)) invalidCursor('the arguments of the list are not those of its first page');
    if (sequence > head) aheadOfLog(sequence, head);
    return { kind, sequence, position, recordedAt };
  }

  private open(text: string, principalId: string): CursorContent {
    const bytes = Buffer.from(text, 'base64url');
    const content = bytes.toString('utf8', SIGN);
    const expected = Buffer.from(this.sign(content, principalId));
    if (content === '' || !timingSafeEqual(bytes.subarray(0, SIGN), expected)) {
      invalidCursor('it is damaged, or was made by another log or for somebody else');
    }
    return JSON.parse(content) as CursorContent;
  }

  /** Hashed twice under the secret, as HMAC does, by the one-shot function that takes a third of the time. */
  private sign(text: string, principalId: string): string {
    const inner = hash('sha256', `${this.secret}\n${JSON.stringify(principalId)}\n${text}`, 'base64url');
    return hash('sha256', `${this.secret}\n${inner}`, 'base64url').slice(0, SIGN);
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

/** Refuses a cursor that was made behind an event which the log holds no more. */
export function ofLostPast(sequence: number): never {
  invalidCursor(`another event stands at its sequence ${sequence} by now (was a backup restored?)`);
}

/** Refuses a cursor, with what to do instead. */
export function invalidCursor(why: string): never {
  refuse('CURSOR_INVALID', `The cursor cannot be used: ${why}. ${REMEDY}`);
}
