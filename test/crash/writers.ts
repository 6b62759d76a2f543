import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Sender, Unanswered } from './sender.js';

export const WRITERS = 64;

/** Every so many notes of a writer go to the one case that all of them write to. */
const HOT_EVERY = 3;
/** Notes on a writer's own case before it opens the next. */
const NOTES = 12;

const id = (): { commandId: string } => ({ commandId: randomUUID() });
const text = (about: string): { text: string; language: string } => ({ text: `Example: ${about}.`, language: 'en' });

/** Writers at work until the server is gone (or `stop` is called): each opens cases of its own and fills them. */
export class Writers {
  /** Resolves when none of them writes any more. Rejects with the first answer that is not a success. */
  readonly done: Promise<void>;
  private stopped = false;
  private acknowledged = 0;
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  constructor(
    private readonly sender: Pick<Sender, 'send'>,
    private readonly hotCase: string,
    /** How long each waits after an acknowledgement, in milliseconds. */
    private readonly pauseMs = 0,
  ) {
    this.done = Promise.all(Array.from({ length: WRITERS }, (_, writer) => this.write(writer))).then(() => undefined);
    // Who waits for `done` hears of it; nobody else must.
    this.done.catch(() => undefined);
  }

  /** Commands that were acknowledged so far. */
  get count(): number {
    return this.acknowledged;
  }

  /** Resolves when so many commands were acknowledged. */
  reached(count: number): Promise<void> {
    if (this.acknowledged >= count) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ count, resolve }));
  }

  stop(): void {
    this.stopped = true;
  }

  private async write(writer: number): Promise<void> {
    try {
      while (!this.stopped) await this.fillCase(writer);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
    }
  }

  private async fillCase(writer: number): Promise<void> {
    const caseId = randomUUID();
    await this.send('openCase', { ...id(), caseId, title: `Example of writer ${writer}`, kind: 'SUSPICIOUS_ACTIVITY' });
    const partyId = randomUUID();
    await this.send('addParty', { ...id(), caseId, partyId, partyKind: 'ORGANISATION', name: `Partner ${writer}` });
    const observationId = randomUUID();
    const observation = { caseId, observationId, description: text('large volumes'), source: { assertedBy: partyId } };
    await this.send('observeSuspiciousActivity', { ...id(), ...observation, observedAt: '2025-02~' });
    const noteId = randomUUID();
    await this.send('addNote', { ...id(), caseId, noteId, text: text('a note'), about: [observationId] });
    await this.send('amendNote', { ...id(), caseId, noteId, text: text('a better note') });
    await this.send('withdrawObservation', { ...id(), caseId, observationId, reason: 'It was a test of their own.' });
    for (let n = 1; n <= NOTES && !this.stopped; n++)
      await this.send('addNote', {
        ...id(),
        caseId: n % HOT_EVERY === 0 ? this.hotCase : caseId,
        text: text(`note ${n}`),
      });
    const reason = { resolution: 'INSUFFICIENT_INFORMATION', reason: 'Nothing more is to be had.' };
    await this.send('closeCase', { ...id(), caseId, ...reason });
  }

  private async send(mutation: string, input: { commandId: string } & Record<string, unknown>): Promise<void> {
    if (this.stopped) return;
    await this.sender.send(mutation, input);
    this.acknowledged++;
    for (const { count, resolve } of this.waiting) if (this.acknowledged >= count) resolve();
    if (this.pauseMs > 0) await pause(this.pauseMs);
  }
}
