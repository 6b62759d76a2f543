import { setTimeout as delay } from 'node:timers/promises';
import { type Acknowledged, type Journal, type Sent } from '../crash/journal.js';
import { type Sender, Unanswered } from '../crash/sender.js';

/** What a client may send again under the same id, in the code of an answer. */
const PASSING = /"code":"(UNAVAILABLE|OVERLOADED|REVISION_CONFLICT)"/;
/** The time before the second try and the longest between two, and for how long one command is tried, in milliseconds. */
const AGAIN = 50;
const LONGEST = 2_000;
const PATIENCE = 180_000;

/** Sends each command until it is acknowledged, to one server after another, as clients behind a load balancer do. */
export class PersistentSender {
  constructor(
    private readonly senders: () => readonly Sender[],
    private readonly journal: Journal,
  ) {}

  async send(mutation: string, input: Sent['input']): Promise<Acknowledged> {
    const sent: Sent = { mutation, input };
    const nth = this.journal.sent.push(sent);
    const until = performance.now() + PATIENCE;
    for (let tries = 0; ; tries++) {
      const senders = this.senders();
      try {
        return (sent.answer = await senders[(nth + tries) % senders.length].ask(sent));
      } catch (error) {
        const isPassing = error instanceof Unanswered || PASSING.test((error as Error).message);
        if (!isPassing || performance.now() > until) throw error;
        // As clients should: 64 that ask without a rest would take the processor from what is to come back.
        await delay(Math.min(LONGEST, AGAIN * 2 ** tries));
      }
    }
  }
}
