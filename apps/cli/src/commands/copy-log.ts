import { type Command, InvalidArgumentError } from 'commander';
import { type CopyProgress } from '#event-sourcing/log/copying/copy-log.js';
import { type EventLogReader, type StoredEvent } from '#event-sourcing/log/event-log.js';
import { PREFIX } from '#event-sourcing/log/eventstoredb/streams.js';
import { dataFolder, setting } from '../connect.js';
import { type End } from '../copying/open-end.js';
import { Refused } from '../exit.js';
import { Progress } from '../progress.js';
import { print } from '../terminal.js';

interface Options {
  from: string;
  to: string;
  prefix?: string;
  json?: boolean;
}

/** `caseledger copy-log`: the same log on another engine. */
export function copyLog(program: Command): void {
  program
    .command('copy-log')
    .summary('copy the log to another engine, and verify the copy')
    .description(
      'Copies the log from one engine to another, either way, and compares all of both afterwards, event by event: bytes, ids, ' +
        'sequences, recorded times and hashes stay, and so does what cursors and past moments answer. Broken off, it goes on where ' +
        'it was when it is run again. Let nobody write to the log that is copied to; stop the servers before the last run.',
    )
    .requiredOption('--from <address>', 'the log to copy', address)
    .requiredOption('--to <address>', 'where to: there is no log, or a part of this one', address)
    .option('--prefix <prefix>', 'of the streams on EventStoreDB (default: EVENT_LOG_PREFIX)', prefixed)
    .option('--json', 'what was copied, as JSON')
    .addHelpText(
      'after',
      `
An address is as in EVENT_LOG: sqlite: (the log in DATA_DIR), sqlite:FOLDER, or esdb://… (EventStoreDB).`,
    )
    .action(async ({ from, to, prefix = setting('EVENT_LOG_PREFIX'), json }: Options) => {
      const { endOf, named } = await import('../copying/open-end.js');
      const [source, target] = [from, to].map((given) => endOf(given, dataFolder(), prefix)!);
      if (named(source) === named(target)) throw new Refused(`${named(source)} cannot be copied to itself.`);
      const copied = await run(source, target);
      if (json) return print(JSON.stringify({ from: named(source), to: named(target), ...copied }));
      const { logId, events, more } = copied;
      await print(
        [
          `${named(target)} is a copy of ${named(source)}.`,
          `log     ${logId}`,
          `events  ${events.toLocaleString('en')}, verified one by one`,
        ].join('\n'),
      );
      if (more > 0)
        await print(`${more.toLocaleString('en')} more were recorded meanwhile: stop the servers and run it again.`);
    });
}

async function run(from: End, to: End): Promise<{ logId: string; events: number; more: number }> {
  const { copyLog: copy } = await import('#event-sourcing/log/copying/copy-log.js');
  const { openSource, openTarget } = await import('../copying/open-end.js');
  const source = await openSource(from);
  const bars = new Bars();
  try {
    const logId = await source.identity();
    const target = await openTarget(to, await firstOf(source));
    try {
      const events = await copy(source, target, (progress) => bars.show(progress));
      return { logId, events, more: (await source.head()).sequence - events };
    } finally {
      await target.close();
    }
  } finally {
    bars.end();
    await source.close();
  }
}

/** Whoever could tell the log's identity has it. */
async function firstOf(source: EventLogReader): Promise<StoredEvent> {
  for await (const [first] of source.readAll({ limit: 1 })) return first;
  throw new Refused('The log to copy is empty.');
}

/** One bar for copying, and one for verifying. */
class Bars {
  private bar: Progress | undefined;
  private isVerifying = false;

  show(progress: CopyProgress): void {
    const isVerifying = 'verified' in progress;
    if (!this.bar || isVerifying !== this.isVerifying) {
      this.end();
      this.isVerifying = isVerifying;
      this.bar = new Progress(isVerifying ? 'Verifying' : 'Copying', progress.of);
    }
    this.bar.at(isVerifying ? progress.verified : progress.copied);
  }

  end(): void {
    this.bar?.end();
  }
}

function address(text: string): string {
  if (/^sqlite:|^esdb(?:\+discover)?:\/\/\S+$/.test(text)) return text;
  throw new InvalidArgumentError('Give sqlite: (the log in DATA_DIR), sqlite:FOLDER, or esdb://….');
}

function prefixed(text: string): string {
  if (PREFIX.test(text)) return text;
  throw new InvalidArgumentError('Give up to 50 letters, digits, ".", "_" and ":", beginning with a letter or digit.');
}
