import { WrongExpectedRevision } from '../errors.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../event-log.js';
import { Answer } from './append-messages.js';

interface Pending {
  stream: string;
  expected: ExpectedRevision;
  events: readonly NewEvent[];
  bytes: number;
  resolve(appended: Appended): void;
  reject(error: Error): void;
}

/** Appends that wait for their answer, in the order they were sent, which is the order they are answered in. */
export class PendingAppends {
  bytes = 0;
  private readonly queue: Pending[] = [];

  get count(): number {
    return this.queue.length;
  }

  add(pending: Pending): void {
    this.queue.push(pending);
    this.bytes += pending.bytes;
  }

  /** Settles the oldest with the writer's answers, one after another as `Answer` describes them. */
  answer(answers: readonly number[]): void {
    let answered = 0;
    for (let at = 0; at < answers.length; answered++) {
      const pending = this.queue[answered];
      const size = pending.events.length;
      const kind = answers[at];
      const number = answers[at + 1];
      if (kind === Answer.CONFLICT) {
        pending.reject(new WrongExpectedRevision(pending.stream, pending.expected, number));
        at += 2;
      } else if (kind === Answer.STORED) {
        const first = answers[at + 2];
        pending.resolve(appended(pending.events, number, (n) => first + n));
        at += 3;
      } else {
        const sequences = answers.slice(at + 2, at + 2 + size);
        pending.resolve(appended(pending.events, number, (n) => sequences[n]));
        at += 2 + size;
      }
    }
    this.take(answered);
  }

  /** Rejects this many of the oldest. */
  reject(count: number, error: () => Error): void {
    for (const pending of this.take(count)) pending.reject(error());
  }

  private take(count: number): Pending[] {
    const taken = this.queue.splice(0, count);
    for (const { bytes } of taken) this.bytes -= bytes;
    return taken;
  }
}

function appended(events: readonly NewEvent[], firstRevision: number, sequenceOf: (n: number) => number): Appended {
  return {
    firstRevision,
    lastRevision: firstRevision + events.length - 1,
    events: events.map(({ id }, n) => {
      const sequence = sequenceOf(n);
      return { id, revision: firstRevision + n, sequence, position: String(sequence) };
    }),
  };
}
