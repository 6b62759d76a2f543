import { type DatabaseSyncInstance } from '@photostructure/sqlite';
import { type EventRegistry } from '../../../registry.js';
import { cannotOpen } from '../sqlite-error.js';
import { Checkers } from './checkers.js';
import { JoinedLog } from './joined-log.js';
import { type Problem, type ProblemKind } from './problem.js';
import { type Findings, Stretches } from './stretch.js';
import { openUnmodified, withoutModifying } from './unmodified.js';

/** A place in a log, and SHA-256 over the hash of each event up to it and a line feed after each, in log order. */
export interface LogHead {
  sequence: number;
  digest: string;
}

export interface VerifyOptions {
  /** URL of the compiled module that exports `registry`, for threads that check; or a registry, to check in this thread. */
  registry: URL | EventRegistry;
  /** An earlier head, as it was printed then: what was cut off or recomputed since is noticed. */
  head?: LogHead;
  /** Threads that check. Default: 2. */
  threads?: number;
  /** Told how many events are checked, of how many. */
  onProgress?: (checked: number, of: number) => void;
}

/** What a log was found to be. */
export interface VerifiedLog {
  /** `ALTERED` if anything is altered or out of order; else `MISSING` if anything is missing. */
  verdict: 'SOUND' | 'ALTERED' | 'MISSING';
  /** Null where the first event is not what it should be. */
  logId: string | null;
  events: number;
  streams: number;
  head: LogHead;
  /** The first bad place; null in a sound log. */
  first: Problem | null;
  /** How often each kind was found. */
  problems: Record<ProblemKind, number>;
  /** Types and versions that this software does not know: their payloads were not held against a schema. */
  unknown: Record<string, number>;
}

/** Events that a thread is asked for at once; and how many such stretches are under way for each thread. */
const STRETCH = 4_096;
const UNDER_WAY = 3;
const THREADS = 2;
/** The largest sequence there can be. */
const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Checks a log's file without changing it: each event's content against its hash, its columns against its metadata, its
 * payload against its schema; each stream's revisions, previous hashes and ids; the sequence; the log's identity; the
 * file's own structure. Rejects with `LogCannotOpen` if the file cannot be read.
 */
export async function verifyLog(file: string, options: VerifyOptions): Promise<VerifiedLog> {
  const { registry, threads = THREADS } = options;
  const source = withoutModifying(file);
  let db: DatabaseSyncInstance | undefined;
  let checkers: Checkers | undefined;
  try {
    db = openUnmodified(source.url);
    const extent = extentOf(db);
    // A short log is checked before a second thread has started.
    const useful = Math.max(1, Math.min(threads, Math.ceil(extent.count / STRETCH)));
    if (registry instanceof URL) checkers = new Checkers({ url: source.url, registry: registry.href }, useful);
    const here = registry instanceof URL ? undefined : new Stretches(db, registry);
    return await verify(
      { db, extent },
      (after, to) => checkers?.check(after, to) ?? Promise.resolve(here!.check(after, to)),
      options,
    );
  } catch (error) {
    throw cannotOpen(file, error);
  } finally {
    await checkers?.close();
    db?.close();
    source.release();
  }
}

type Check = (after: number, to: number) => Promise<Findings>;

async function verify(
  { db, extent }: { db: DatabaseSyncInstance; extent: Extent },
  check: Check,
  options: VerifyOptions,
): Promise<VerifiedLog> {
  const { head, threads = THREADS, onProgress } = options;
  const joined = new JoinedLog(db, head?.sequence ?? null);
  const stretches = stretchesOf(db, extent);
  const underWay: Promise<Findings>[] = [];
  const ask = (): void => {
    const next = stretches.next();
    if (next.done) return;
    const findings = check(next.value.after, next.value.to);
    // Awaited in its turn; that one before it fails first is no reason to end the process.
    findings.catch(() => undefined);
    underWay.push(findings);
  };
  for (let n = 0; n < UNDER_WAY * threads; n++) ask();
  // While the threads have begun: readers of one stream go by the file's index, the threads go by the rows.
  const structure = structureOf(db);
  for (let next = underWay.shift(); next; next = underWay.shift()) {
    joined.join(await next);
    ask();
    onProgress?.(joined.events, extent.count);
  }
  conclude(joined, extent, structure, head);
  const { counts, first, logId, events, streams, digest, unknown } = joined;
  return {
    verdict: counts.ALTERED + counts.OUT_OF_ORDER > 0 ? 'ALTERED' : counts.MISSING > 0 ? 'MISSING' : 'SOUND',
    ...{ logId, events, streams, head: { sequence: joined.head, digest }, first },
    ...{ problems: counts, unknown: Object.fromEntries(unknown) },
  };
}

interface Extent {
  /** The last sequence that can be one. */
  head: number;
  count: number;
  /** Rows whose sequence can be none. */
  outside: number;
}

/** Rows are counted by the file's index, which may lie: what is found is the same, only found by other steps. */
function extentOf(db: DatabaseSyncInstance): Extent {
  const outside = (range: string): string => `(SELECT count(*) FROM events NOT INDEXED WHERE sequence ${range})`;
  return db
    .prepare(
      `SELECT (SELECT coalesce(max(sequence), 0) FROM events NOT INDEXED WHERE sequence BETWEEN 1 AND ${LAST}) AS head,
              (SELECT count(*) FROM events) AS count, ${outside('< 1')} + ${outside(`> ${LAST}`)} AS outside`,
    )
    .get() as Extent;
}

/** By sequences, or by rows where some are missing: nobody knows how many. */
function* stretchesOf(
  db: DatabaseSyncInstance,
  { head, count }: Extent,
): Generator<{ after: number; to: number }, void, void> {
  const nth = db.prepare('SELECT sequence FROM events WHERE sequence > ? ORDER BY sequence LIMIT 1 OFFSET ?');
  for (let after = 0; after < head;) {
    const end =
      count === head ? after + STRETCH : (nth.get(after, STRETCH - 1) as { sequence: number } | undefined)?.sequence;
    const to = Math.min(end ?? head, head);
    yield { after, to };
    after = to;
  }
}

/** `ok`, or what is wrong with tables and indexes as the file holds them. */
function structureOf(db: DatabaseSyncInstance): string {
  const { integrity_check: found } = db.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string };
  if (found !== 'ok') return found.replace(/\s+/g, ' ');
  // A log has none: it would change what is stored, or keep it from being stored.
  const trigger: unknown = db.prepare(`SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')`).get();
  return trigger ? `it holds ${(trigger as { name: string }).name}, which no log does` : 'ok';
}

function conclude(joined: JoinedLog, { outside }: Extent, structure: string, expected: LogHead | undefined): void {
  const at = (kind: ProblemKind, sequence: number, what: string): void =>
    joined.add({ kind, sequence, event: null, what });
  if (outside > 0) at('OUT_OF_ORDER', 0, `${outside} events stand at places that no log has`);
  if (joined.events > 0 && joined.logId === null && joined.first?.sequence !== 1) {
    at('ALTERED', 1, 'the log does not begin with LogCreated');
  }
  if (joined.events === 0) at('MISSING', 1, 'the log holds no event');
  if (structure !== 'ok') at('ALTERED', joined.head, `the file's structure is damaged (${structure})`);
  if (!expected) return;
  const { sequence, digest } = expected;
  if (joined.head < sequence) at('MISSING', joined.head + 1, `the log ends at ${joined.head}, before ${sequence}`);
  else if (joined.markedDigest !== digest && (joined.first?.sequence ?? Infinity) > sequence) {
    at('ALTERED', sequence, `the events up to here are not those of the digest ${digest.slice(0, 16)}…`);
  }
}
