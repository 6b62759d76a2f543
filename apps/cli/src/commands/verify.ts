import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type LogHead, type VerifiedLog } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { pathArgument } from '../arguments.js';
import { embeddedFolder } from '../connect.js';
import { Exit } from '../exit.js';
import { Progress } from '../progress.js';
import { colours, indented, print, safe } from '../terminal.js';

/** Exit codes of `verify`. */
export const VerifyExit = { SOUND: 0, ALTERED: 1, MISSING: 2, UNREADABLE: 3, USAGE: Exit.USAGE } as const;

interface Options {
  head?: LogHead;
  json?: boolean;
}

/** `caseledger verify`: is the log what was once recorded? */
export function verify(program: Command): void {
  program
    .command('verify')
    .summary('check the log, or a copy of it, without a server')
    .description(
      "Checks a log's file without a server, without changing it and without write access: each event's content against " +
        "its hash, its columns against its hashed metadata, its payload against its version's schema; each stream's " +
        'revisions, previous hashes and ids; the sequence without gaps; the identity of the log; the structure of the file.',
    )
    .argument('[file]', 'the log, or the folder that holds it (default: DATA_DIR/log.sqlite)', pathArgument)
    .option(
      '--head <sequence:digest>',
      'a head that was printed earlier: the log must reach it, with the same digest',
      head,
    )
    .option('--json', 'what was found, as JSON')
    .addHelpText('after', HELP)
    .action(async (file: string | undefined, options: Options) => {
      process.exitCode = await run(file ?? embeddedFolder(), options);
    });
}

const HELP = `
Without --head it cannot notice that the end of the log was cut off (whole streams included), that
an event was altered and the hashes recomputed from it to the end of its stream, or that events of
different streams changed places. With the head of an earlier run, kept where whoever writes the log
cannot reach it, it notices all of this up to that head.

The digest is SHA-256 over the hash of each event and a line feed, in log order:
  sqlite3 log.sqlite 'SELECT hash FROM events ORDER BY sequence' | sha256sum

Exit codes: 0 sound, 1 altered, reordered or inserted, 2 events are missing (a gap, or the end
before --head), 3 no readable log, 64 wrong usage.`;

async function run(given: string, { head, json }: Options): Promise<number> {
  const { verifyLog } = await import('#event-sourcing/log/sqlite/verify/verify-log.js');
  const { LogCannotOpen } = await import('#event-sourcing/log/errors.js');
  const registry = projectionsModule();
  let progress: Progress | undefined;
  try {
    const file = fileOf(given);
    const onProgress = (checked: number, of: number): void => (progress ??= new Progress('Verifying', of)).at(checked);
    const found = await verifyLog(file, { registry, head, onProgress });
    progress?.end();
    // Known whoever reads what is printed now, and however long.
    process.exitCode = VerifyExit[found.verdict];
    await print(json ? JSON.stringify({ file, ...found }) : report(file, found));
    return VerifyExit[found.verdict];
  } catch (error) {
    progress?.end();
    // The system's own, too: a folder that this user may not look into says nothing of the log.
    if (!(error instanceof LogCannotOpen) && !isSystemError(error)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return VerifyExit.UNREADABLE;
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** What was found, for people. */
export function report(file: string, found: VerifiedLog): string {
  const { verdict, logId, events, streams, head: reached, unknown } = found;
  const lines = [
    `${file}`,
    `log     ${logId ?? 'unknown'}`,
    `events  ${events.toLocaleString('en')} in ${streams.toLocaleString('en')} streams`,
    `head    ${reached.sequence}:${reached.digest}`,
  ];
  for (const [type, count] of Object.entries(unknown))
    lines.push(`not held against a schema: ${count} events of ${safe(type)}, which this software does not know`);
  if (verdict === 'SOUND') return [...lines, colours.green('SOUND')].join('\n');
  return [...lines, colours.red(verdict), indented(wrongIn(found), 2)].join('\n');
}

function wrongIn({ first, problems }: VerifiedLog): string {
  const { sequence, event, what } = first!;
  const where = event
    ? `Event ${sequence} (${event.type}, id ${event.id}, revision ${event.revision} of ${event.stream})`
    : `At ${sequence}`;
  const count = Object.values(problems).reduce((sum, some) => sum + some, 0);
  const more = count > 1 ? `\nThat is the first of ${count.toLocaleString('en')} findings.` : '';
  return `${safe(where)}: ${safe(what)}.${more}`;
}

const fileOf = (given: string): string =>
  statSync(given, { throwIfNoEntry: false })?.isDirectory() ? join(given, 'log.sqlite') : given;

/** `--head`, as `verify` and `backup` print it. */
export function head(text: string): LogHead {
  const [, sequence, digest] = /^([1-9]\d{0,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (digest && Number.isSafeInteger(Number(sequence)))
    return { sequence: Number(sequence), digest: digest.toLowerCase() };
  throw new InvalidArgumentError('Give it as it was printed: the sequence, a colon and 64 hex digits.');
}
