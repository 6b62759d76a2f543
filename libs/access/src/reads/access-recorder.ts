import { randomUUID } from 'node:crypto';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { openEnvelope, SYSTEM } from '#event-sourcing/envelope.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type EventLogReader, type Revision } from '#event-sourcing/log/event-log.js';
import { Refusal } from '#event-sourcing/refusal.js';
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
/** How far the clocks of others who record in the same stream may be behind, in milliseconds. */
const CLOCKS_APART = 60_000;
/** So often a stream is looked through before what came in between is left for later. */
const MOST_LOOKS = 3;

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
  /** Of these it is not known whether they are stored: they are looked for, and sent again as they are, until it is. */
  private unknown: RecordReads[] = [];
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
    if (this.held >= MOST_WAITING) return void this.lost++;
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
    const left = this.held + this.lost;
    if (left > 0) this.warn(`${left} reads or denials were not recorded, as nothing could be stored until the end.`);
  }

  /** Entries that wait. */
  private get held(): number {
    return this.unknown.reduce((sum, { reads }) => sum + reads.length, this.waiting.size);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = this.running.then(() => this.record());
  }

  private async record(): Promise<void> {
    const [batch, again] = [this.waiting, this.unknown];
    if (batch.size + again.length === 0) return;
    this.waiting = new Map();
    this.unknown = [];
    for (const command of again)
      await this.sendAgain(command).catch((error: unknown) => this.keepWhole(command, error));
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
        const command = commandFor(caseId, some);
        await this.send(command).catch((error: unknown) =>
          error instanceof LogUnavailable && error.outcomeUnknown
            ? this.keepWhole(command, error)
            : this.keep(some, error),
        );
      }
    }
    if (this.lost > 0 && this.held === 0) {
      this.warn(`${this.lost} reads or denials were not recorded, as too many waited while nothing could be stored.`);
      this.lost = 0;
    }
  }

  private async send(command: RecordReads): Promise<void> {
    await this.commands.execute(readsAggregate, recordReads, command, SYSTEM);
  }

  /**
   * The handler remembers nothing of such a stream, so it does not recognise what comes again. It is sent behind what was
   * looked through: what was sent before may be stored only now.
   */
  private async sendAgain(command: RecordReads): Promise<void> {
    for (let looks = 1; ; looks++) {
      const seen = await this.lastWithout(command);
      if (seen === undefined) return;
      try {
        return await this.send(Object.assign(command, { expectedRevision: seen }));
      } catch (error) {
        const isPassed = error instanceof Refusal && error.code === 'REVISION_CONFLICT';
        if (!isPassed || looks === MOST_LOOKS) throw error;
      }
    }
  }

  /** The last revision of a command's stream, -1 where there is none; undefined where what it records is stored there. */
  private async lastWithout({ commandId, caseId, reads }: RecordReads): Promise<Revision | undefined> {
    const notBefore = Date.parse(reads[0].firstAt) - CLOCKS_APART;
    let last: Revision | undefined;
    for await (const events of this.log.readStream(readsStream(caseId), { direction: 'backwards' })) {
      if (events.some((event) => event.commandId === commandId)) return undefined;
      last ??= events[0].revision;
      if (Date.parse(openEnvelope(events.at(-1)!, 0).recordedAt) < notBefore) break;
    }
    return last ?? -1;
  }

  /** Puts back what could not be stored, before what has been noted since. */
  private keep(entries: readonly [string, Entry][], error: unknown): void {
    for (const [key, entry] of entries) {
      const since = this.waiting.get(key);
      if (since) Object.assign(since, { times: since.times + entry.times, first: entry.first });
      else if (this.held < MOST_WAITING) this.waiting.set(key, entry);
      else this.lost++;
    }
    this.later(error);
  }

  private keepWhole(command: RecordReads, error: unknown): void {
    if (this.held + command.reads.length <= MOST_WAITING) this.unknown.push(command);
    else this.lost += command.reads.length;
    this.later(error);
  }

  private later(error: unknown): void {
    this.warn(`Who read what cannot be recorded at the moment: ${(error as Error).message}`);
    if (!this.isClosed) this.timer ??= setTimeout(() => this.flush(), 4 * WAIT);
  }
}

function commandFor(caseId: string | null, entries: readonly [string, Entry][]): RecordReads {
  const reads = entries.map(([, { caseId: _, first, last, ...entry }]) => ({
    ...entry,
    firstAt: new Date(first).toISOString(),
    lastAt: new Date(last).toISOString(),
  }));
  return Object.assign(new RecordReads(), { commandId: randomUUID(), caseId, reads });
}
