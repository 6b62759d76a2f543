import { randomUUID } from 'node:crypto';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { caseAggregate } from '#investigation/case-aggregate.js';
import { AddNote, addNote } from '#investigation/notes/add-note.js';
import { registry } from '#investigation/projections.js';
import { ExampleCase } from './history/example-case.js';
import { ACTOR, NOTE_TEXT } from './sample-events.js';

const EVENTS = 10_000;

/** A log with a case of 10,000 events and one of few. */
export class LargeCase {
  private constructor(
    private readonly log: Awaited<ReturnType<typeof openSqliteLog>>,
    private readonly logId: string,
    readonly large: string,
    readonly small: string,
  ) {}

  static async make(folder: string): Promise<LargeCase> {
    const log = await openSqliteLog({ folder });
    const [large, small] = [new ExampleCase(1).open(), new ExampleCase(2).open()];
    let stored = await large.store(log);
    await small.store(log);
    while (stored < EVENTS) {
      for (let n = 0; n < 40; n++) large.goOn();
      stored += await large.store(log);
    }
    return new LargeCase(log, await log.identity(), large.id, small.id);
  }

  /** The kernel as the server has it, with nothing in its cache. */
  newHandler(): CommandHandler {
    return new CommandHandler({ log: this.log, logId: this.logId, registry, authorise: () => undefined });
  }

  /** Adds a note; milliseconds until it is durable. */
  async command(handler: CommandHandler, caseId: string): Promise<number> {
    const command = Object.assign(new AddNote(), {
      commandId: randomUUID(),
      caseId,
      text: { text: NOTE_TEXT, language: 'en' },
    });
    const start = performance.now();
    await handler.execute(caseAggregate, addNote, command, ACTOR);
    return performance.now() - start;
  }

  /** Reads the large case's stream page by page and parses its payloads: what loading it cannot do without; milliseconds. */
  async read(): Promise<number> {
    const start = performance.now();
    for await (const page of this.log.readStream(`case-${this.large}`))
      for (const { payload } of page) JSON.parse(payload);
    return performance.now() - start;
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
