import { randomUUID } from 'node:crypto';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { type Principal } from '../principal.js';
import {
  type AccessRead,
  type ReadKind,
  readsAggregate,
  type ReadsRecorded,
  readsStream,
  RecordReads,
  recordReads,
} from './reads-recorded.js';

/** What is noted: of which case (null: of none), and of which record. Of a denial, `asked` tells those of one from those of another. */
export interface Noted {
  kind: ReadKind;
  caseId: string | null;
  recordId?: string;
  what?: string;
  asked?: string;
  times?: number;
}

/** How long what is noted waits to be recorded, in milliseconds. */
const WAIT = 250;
/** Entries that one event holds. */
const MOST_PER_EVENT = 500;
/** Entries that wait at most while nothing can be stored: what comes beyond is counted, and told to operators. */
const MOST_WAITING = 50_000;

interface Entry extends Omit<AccessRead, 'firstAt' | 'lastAt'> {
  caseId: string | null;
  first: number;
  last: number;
}

/**
 * Records who read what, off the way of the answers: notes are gathered for a moment, the same ones counted, and then made
 * durable together, one event for each case. While the log takes nothing they wait.
 */
export class AccessRecorder {
  private waiting = new Map<string, Entry>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private lost = 0;
  private isClosed = false;

  /** `warn` hears when nothing can be recorded, and how much was lost by it. */
  constructor(
    private readonly commands: Pick<CommandHandler, 'execute'>,
    private readonly log: Pick<EventLogReader, 'readStream'>,
    private readonly registry: Pick<EventRegistry, 'decode'>,
    private readonly warn: (message: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  note(principal: Principal, { kind, caseId: about, recordId, what, asked, times = 1 }: Noted): void {
    const { id: reader, name: readerName, credential, onBehalfOf } = principal;
    const denied = kind === 'DENIED';
    const caseId = denied ? null : about;
    const key = `${kind} ${caseId} ${recordId} ${what} ${credential} ${reader} ${asked}`;
    const now = this.now();
    const known = this.waiting.get(key);
    if (known) {
      known.times += times;
      known.last = now;
      return;
    }
    if (this.waiting.size >= MOST_WAITING) return void this.lost++;
    const by = { reader, readerName, credential, onBehalfOf: onBehalfOf ?? undefined };
    const deniedCase = denied ? (about ?? undefined) : undefined;
    this.waiting.set(key, { kind, caseId, deniedCase, recordId, what, times, ...by, first: now, last: now });
    this.timer ??= setTimeout(() => this.flush(), WAIT);
  }

  /**
   * What is recorded of a case, or of none, the newest first: so many batches before one (omitted: from the last on), each as
   * it was recorded, and where the next page begins; undefined where there is nothing more.
   */
  async page(caseId: string | null, batches: number, before?: number): Promise<{ reads: AccessRead[]; next?: number }> {
    await this.recorded();
    const from = before === undefined ? {} : { from: before - 1 };
    const reads: AccessRead[] = [];
    let next = before;
    if (before === 0) return { reads };
    const options = { direction: 'backwards', limit: batches, ...from } as const;
    for await (const events of this.log.readStream(readsStream(caseId), options)) {
      for (const { type, schemaVersion, payload, revision } of events) {
        const recorded = this.registry.decode(type, schemaVersion, payload) as unknown as ReadsRecorded;
        reads.push(...recorded.reads.toReversed());
        next = revision;
      }
    }
    return { reads, next: next === 0 ? undefined : next };
  }

  /** Resolves when all that was noted before is recorded, or could not be. */
  recorded(): Promise<void> {
    this.flush();
    return this.running;
  }

  /** Records what is left, and tells how much could not be. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.recorded();
    const left = this.waiting.size + this.lost;
    if (left > 0) this.warn(`${left} reads or denials were not recorded, as nothing could be stored until the end.`);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = this.running.then(() => this.record());
  }

  private async record(): Promise<void> {
    const batch = this.waiting;
    if (batch.size === 0) return;
    this.waiting = new Map();
    const byCase = new Map<string | null, [string, Entry][]>();
    for (const one of batch) {
      const { caseId } = one[1];
      const others = byCase.get(caseId);
      if (others) others.push(one);
      else byCase.set(caseId, [one]);
    }
    for (const [caseId, entries] of byCase) {
      for (let n = 0; n < entries.length; n += MOST_PER_EVENT) {
        const some = entries.slice(n, n + MOST_PER_EVENT);
        await this.store(caseId, some).catch((error: unknown) => this.keep(some, error));
      }
    }
    if (this.lost > 0 && this.waiting.size === 0) {
      this.warn(`${this.lost} reads or denials were not recorded, as too many waited while nothing could be stored.`);
      this.lost = 0;
    }
  }

  private async store(caseId: string | null, entries: readonly [string, Entry][]): Promise<void> {
    const reads = entries.map(([, { caseId: _, first, last, ...entry }]) => ({
      ...entry,
      firstAt: new Date(first).toISOString(),
      lastAt: new Date(last).toISOString(),
    }));
    const command = Object.assign(new RecordReads(), { commandId: randomUUID(), caseId, reads });
    await this.commands.execute(readsAggregate, recordReads, command, SYSTEM);
  }

  /** Puts back what could not be stored, before what has been noted since. */
  private keep(entries: readonly [string, Entry][], error: unknown): void {
    this.warn(`Who read what cannot be recorded at the moment: ${(error as Error).message}`);
    for (const [key, entry] of entries) {
      const since = this.waiting.get(key);
      if (since) Object.assign(since, { times: since.times + entry.times, first: entry.first });
      else if (this.waiting.size < MOST_WAITING) this.waiting.set(key, entry);
      else this.lost++;
    }
    if (!this.isClosed) this.timer ??= setTimeout(() => this.flush(), 4 * WAIT);
  }
}
