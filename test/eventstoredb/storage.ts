import { EventEmitter } from 'node:events';
import { type Faults } from './faults.js';
import { type NewRecord, type Records, type StoredRecord } from './records.js';

export type Expected = bigint | 'any' | 'no_stream' | 'stream_exists';

export interface Offer {
  stream: string;
  expected: Expected;
  records: NewRecord[];
  /** Not stored after this, in ms since 1970. */
  deadline: number;
}

export type Outcome =
  | { kind: 'stored'; revision: bigint; position: bigint }
  | { kind: 'wrong'; current: bigint }
  | { kind: 'deleted' }
  | { kind: 'timeout' };

interface Waiting extends Offer {
  answer: (outcome: Outcome) => void;
}

/** The writer: checks an append when its turn comes, writes what waits in one go, then answers. */
export class Storage extends EventEmitter<{ committed: [] }> {
  droppedRepeats = 0;
  answeredReads = 0;
  private waiting: Waiting[] = [];
  writing = false;
  /** What `any` and `stream_exists` know of ids; forgotten at a restart. */
  private readonly recent = new Map<string, StoredRecord>();

  constructor(
    readonly records: Records,
    private readonly faults: Faults,
  ) {
    super();
    this.setMaxListeners(0);
  }

  offer(offer: Offer, answer: (outcome: Outcome) => void): void {
    const { repeatTimeoutMs } = this.faults;
    if (repeatTimeoutMs > 0 && this.waiting.some((other) => isRepeat(offer, other))) {
      this.droppedRepeats++;
      setTimeout(() => void answer({ kind: 'timeout' }), repeatTimeoutMs).unref();
      return;
    }
    this.waiting.push({ ...offer, answer });
    if (this.writing) return;
    this.writing = true;
    const { commitAfter } = this.faults;
    if (commitAfter) void commitAfter.then(() => this.commit());
    else setImmediate(() => this.commit());
  }

  private commit(): void {
    const turn = this.waiting;
    const outcomes = turn.map((offer) => this.decide(offer));
    this.waiting = [];
    this.writing = false;
    this.emit('committed');
    turn.forEach(({ answer }, n) => answer(outcomes[n]));
  }

  private decide({ stream, expected, records, deadline }: Offer): Outcome {
    if (Date.now() > deadline) return { kind: 'timeout' };
    if (this.records.isDeleted(stream)) return { kind: 'deleted' };
    const current = this.records.lastRevision(stream);
    // Ids that stand there already come before the revision.
    const known =
      typeof expected === 'bigint' || expected === 'no_stream'
        ? this.inPlace(stream, expected, records)
        : this.byId(stream, records);
    if (known === 'conflict') return { kind: 'wrong', current };
    if (known) return { kind: 'stored', revision: known.revision, position: known.position };
    const wanted = expected === 'no_stream' ? -1n : expected;
    if (typeof wanted === 'bigint' ? wanted !== current : wanted === 'stream_exists' && current < 0n) {
      return { kind: 'wrong', current };
    }
    const stored = this.records.write(records);
    for (const record of stored) this.recent.set(record.id, record);
    if (this.faults.systemEvents) this.records.write([systemRecord()]);
    const last = stored.at(-1)!;
    return { kind: 'stored', revision: last.revision, position: last.position };
  }

  /** At an exact revision: the whole batch, or its head, where it would stand. */
  private inPlace(stream: string, expected: bigint | 'no_stream', records: NewRecord[]): StoredRecord | undefined {
    const first = expected === 'no_stream' ? 0 : Number(expected) + 1;
    const there = this.records.streams.get(stream)?.slice(first, first + records.length) ?? [];
    const same = there.length === records.length && there.every(({ id }, n) => id === records[n].id);
    return same ? there.at(-1) : undefined;
  }

  /** At no revision: by the ids of late. */
  private byId(stream: string, records: NewRecord[]): StoredRecord | 'conflict' | undefined {
    const known = records
      .map(({ id }) => this.recent.get(id))
      .map((record) => (record?.stream === stream ? record : undefined));
    if (!known[0]) return undefined;
    return known.every((record) => record !== undefined) ? known.at(-1) : 'conflict';
  }
}

const isRepeat = (offer: Offer, other: Offer): boolean =>
  offer.stream === other.stream &&
  offer.expected === other.expected &&
  offer.records.length === other.records.length &&
  offer.records.every(({ id }, n) => id === other.records[n].id);

let statistics = 0;

/** What a server writes for itself, in a stream that no filter of ours lets through. */
export const systemRecord = (stream = '$stats-127.0.0.1:2113', type = '$statsCollected'): NewRecord => ({
  stream,
  id: `00000000-0000-4000-8000-${(++statistics).toString(16).padStart(12, '0')}`,
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});
