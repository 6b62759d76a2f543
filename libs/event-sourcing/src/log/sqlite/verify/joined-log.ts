import { createHash } from 'node:crypto';
import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { earliest, type Problem, type ProblemKind } from './problem.js';
import { SeenKeys } from './seen-keys.js';
import { breakIn, type Findings, LINE, type StreamEnds } from './stretch.js';

/** The log as far as its stretches have been joined, in log order. */
export class JoinedLog {
  readonly counts: Record<ProblemKind, number> = { ALTERED: 0, OUT_OF_ORDER: 0, MISSING: 0 };
  readonly unknown = new Map<string, number>();
  first: Problem | null = null;
  events = 0;
  head = 0;
  logId: string | null = null;
  /** Of the log up to `marked`, once it was passed. */
  markedDigest: string | null = null;
  private readonly tails = new Map<string, StreamEnds['last']>();
  private readonly ids = new SeenKeys();
  private readonly running = createHash('sha256');
  private readonly places: StatementSyncInstance;

  /** @param marked the sequence whose digest is asked for, beside that of the whole */
  constructor(
    db: DatabaseSyncInstance,
    private readonly marked: number | null,
  ) {
    this.places = db.prepare(
      `SELECT e.sequence, e.id, e.type, e.revision, s.name AS stream FROM events e JOIN streams s ON s.id = e.stream_id
       WHERE e.stream_id = (SELECT stream_id FROM events WHERE sequence = ?1) AND e.id = (SELECT id FROM events WHERE sequence = ?1)
       ORDER BY e.sequence`,
    );
  }

  get streams(): number {
    return this.tails.size;
  }

  /** SHA-256 over the hash of each event and a line feed, in log order: of the whole log, once all is joined. */
  get digest(): string {
    return this.running.copy().digest('hex');
  }

  /** Adds the stretch that follows those before it. */
  join(found: Findings): void {
    const problems = [...found.problems];
    for (const { stream, first, last } of found.streams) {
      const broken = breakIn(this.tails.get(stream) ?? null, first);
      const { sequence, id, type, revision } = first;
      if (broken) problems.push({ ...broken, sequence, event: { id, type, stream, revision } });
      this.tails.set(stream, last);
    }
    problems.push(...this.repeatedIds(found));
    for (const [type, count] of found.unknown) this.unknown.set(type, (this.unknown.get(type) ?? 0) + count);
    this.logId ??= found.logId;
    this.add(...problems);
    this.digestOf(found);
  }

  add(...problems: Problem[]): void {
    for (const { kind } of problems) this.counts[kind]++;
    const first = earliest(problems);
    this.first = this.first && first ? earliest([this.first, first]) : (this.first ?? first);
  }

  private digestOf({ sequences, hashes }: Findings): void {
    const upTo = this.marked === null ? -1 : sequences.indexOf(this.marked);
    if (upTo >= 0) {
      this.running.update(hashes.subarray(0, (upTo + 1) * LINE));
      this.markedDigest = this.digest;
      this.running.update(hashes.subarray((upTo + 1) * LINE));
    } else this.running.update(hashes);
    this.events += sequences.length;
    this.head = sequences.at(-1) ?? this.head;
  }

  /** An id is unique in its stream. Keys may meet by chance: the log says whether it was that. */
  private repeatedIds({ sequences, idKeys }: Findings): Problem[] {
    const problems: Problem[] = [];
    idKeys.forEach((key, n) => {
      if (key === 0 || !this.ids.add(key)) return;
      const sequence = sequences[n];
      const same = this.places.all(sequence) as ({ sequence: number } & NonNullable<Problem['event']>)[];
      const [before] = same;
      const here = same.find((one) => one.sequence === sequence);
      if (!here || before === here) return;
      const { id, type, stream, revision } = here;
      const what = `its id is that of event ${before.sequence} of the same stream`;
      problems.push({ kind: 'OUT_OF_ORDER', sequence, event: { id, type, stream, revision }, what });
    });
    return problems;
  }
}
