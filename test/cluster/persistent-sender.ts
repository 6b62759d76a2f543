import { setTimeout as delay } from 'node:timers/promises';
import { type Acknowledged, type Journal, type Sent } from '../crash/journal.js';
import { type Sender, Unanswered } from '../crash/sender.js';

/** What a client may send again under the same id, in the code of an answer. */
const PASSING = /"code":"(UNAVAILABLE|OVERLOADED|REVISION_CONFLICT)"/;
/** The time between two tries, and for how long one command is tried, in milliseconds. */
const AGAIN = 50;
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
        await delay(AGAIN);
      }
    }
  }
}
