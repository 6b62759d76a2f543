import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '#event-sourcing/package-root.js';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { inFolder } from '../crash/folder.js';
import { Life } from '../crash/life.js';
import { until } from '../crash/until.js';
import { nothingIsLost } from './aftermath.js';
import { Load } from './load.js';

const HOUR = 3_600_000;
const CLOCK = { NODE_OPTIONS: `--import ${pathToFileURL(join(packageRoot, 'test/faults/clock.mjs')).href}` };

/** A server whose clock can be set, and what is asked of it. */
class Clocked {
  readonly life: Life;
  private client!: GraphqlClient;

  constructor(folder: string) {
    this.life = new Life(folder);
  }

  async start(offset = 0): Promise<void> {
    await this.life.start({ ...CLOCK, CLOCK_OFFSET_MS: String(offset) });
    const [url] = /http:\/\/[^\s/]+/.exec(this.life.server.written.output)!;
    this.client = new GraphqlClient(url, this.life.key);
  }

  /** Records a note; where it stands, and when that was by the server's clock. */
  async note(): Promise<{ sequence: number; revision: number; recordedAt: number }> {
    const input = { commandId: randomUUID(), caseId: this.life.hotCase, text: { text: 'Example.' } };
    const { events } = await this.life.sender.send('addNote', input);
    const query = 'query ($id: ID!) { event(id: $id) { sequence revision recordedAt } }';
    const event = await until('the note can be read', async () => {
      const answer = await this.client.request<{ event: { sequence: number; revision: number; recordedAt: string } }>(
        query,
        { id: events[0].id },
      );
      return answer.event ?? undefined;
    });
    return { ...event, recordedAt: Date.parse(event.recordedAt) };
  }

  /** The revision of the case at this time. */
  async revisionAt(time: number): Promise<number> {
    const query = 'query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { revision } }';
    const asOf = { time: new Date(time).toISOString() };
    const answer = await this.client.request<{ case: { revision: number } }>(query, { id: this.life.hotCase, asOf });
    return answer.case.revision;
  }
}

describe('a clock that is set back an hour', () => {
  it(
    'changes neither the order of the record nor what is answered as of a time, and is told',
    () =>
      inFolder(async (folder) => {
        const clocked = new Clocked(folder);
        const { life } = clocked;
        try {
          await clocked.start();
          const load = new Load(life.sender, life.hotCase);
          await until('there is some load', () => (load.acknowledged > 50 ? true : undefined));
          await load.stop();
          let before = await clocked.note();

          process.kill(life.server.pid, 'SIGUSR2');
          const after = await until('the clock is set back', async () => {
            const noted = await clocked.note();
            if (noted.recordedAt < before.recordedAt) return noted;
            before = noted;
            return undefined;
          });
          expect(before.recordedAt - after.recordedAt).toBeGreaterThan(HOUR - 60_000);
          expect(after.sequence).toBeGreaterThan(before.sequence);
          const more = new Load(life.sender, life.hotCase);
          await until('there is more load', () => (more.acknowledged > 50 ? true : undefined));
          await more.stop();
          expect([...load.refusals, ...more.refusals]).toEqual([]);
          const last = await clocked.note();
          const told = /"msg":"An event was recorded by a clock more than a minute behind .*check the clocks/;
          await until('it is told', () => told.exec(life.server.written.errors)?.[0]);

          // The time of the log never runs back: what came after stands at the latest time there was, and at no time before.
          expect(await clocked.revisionAt(before.recordedAt)).toBe(last.revision);
          expect(await clocked.revisionAt(before.recordedAt - 1)).toBeLessThan(before.revision);

          await life.server.stop();
          await clocked.start(-2 * HOUR);
          const next = await clocked.note();
          // Between the two may stand what was recorded of who read.
          expect(next.sequence).toBeGreaterThan(last.sequence);
          expect(last.recordedAt - next.recordedAt).toBeGreaterThan(HOUR - 60_000);
          await nothingIsLost(life);
        } finally {
          await life.end();
        }
      }),
    180_000,
  );
});
