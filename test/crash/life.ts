import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { Journal } from './journal.js';
import { Sender } from './sender.js';
import { ServerUnderTest } from './server-under-test.js';
import { until } from './until.js';

/** One data folder over all the servers that run on it, one after the other. */
export class Life {
  readonly journal = new Journal();
  server!: ServerUnderTest;
  sender!: Sender;
  /** The first administrator's. */
  adminKey = '';
  /** An investigator's, issued at the first start. */
  key = '';

  constructor(
    readonly folder: string,
    readonly hotCase: string = randomUUID(),
  ) {}

  /** Starts a server and waits until it listens; the first one gets the case that all write to. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.server = new ServerUnderTest(this.folder, environment);
    const url = await this.server.listening();
    if (this.key === '') {
      this.adminKey = (await readFile(join(this.folder, 'admin.key'), 'utf8')).trim();
      this.key = (await issueKey(url, this.adminKey, 'investigator', ['INVESTIGATOR'])).key;
    }
    this.sender?.close();
    this.sender = new Sender(url, this.key, this.journal);
    if (this.journal.sent.length > 0) return;
    const hot = { caseId: this.hotCase, title: 'The case that everybody writes to', kind: 'CASE' };
    await this.sender.send('openCase', { commandId: randomUUID(), ...hot });
  }

  /** As clients do after a crash: sends again what had no answer. */
  async sendAgain(): Promise<void> {
    await Promise.all(
      this.journal.unacknowledged.map(async (sent) => {
        sent.answer = await this.sender.ask(sent);
      }),
    );
  }

  /** Resolves when the read models show everything that was acknowledged. */
  async readModelsCurrent(): Promise<void> {
    const last = Math.max(...this.journal.acknowledged.map(({ answer }) => answer.events.at(-1)!.sequence!));
    await until(`the read models reach sequence ${last}`, async () =>
      (await this.sender.readAt()) >= last ? true : undefined,
    );
  }

  /** Ends whatever still runs. */
  async end(): Promise<void> {
    this.sender?.close();
    await this.server?.kill();
  }
}
