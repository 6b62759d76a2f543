import { type Command } from 'commander';
import { pathArgument } from '../arguments.js';
import { server } from '../connect.js';
import { Exit, unreadable } from '../exit.js';
import { print } from '../terminal.js';

/** `caseledger import`: past investigations, from a file of commands. */
export function importing(program: Command): void {
  program
    .command('import')
    .summary('record past investigations from a file of commands')
    .description(
      'Sends a file of commands, one a line as JSON, {"command": "openCase", "input": {…}}: each is carried out as the ' +
        'mutation of its name, under the rights of your key. Interrupted or stopped, the same command goes on where it was; ' +
        'a line that was recorded before is recognised by its commandId and recorded once.',
    )
    .argument('<file>', 'the commands; schemas/commands says what each takes', pathArgument)
    .option(
      '--refused <file>',
      'where the refused lines go, with code and reason (default: <file>.refused)',
      pathArgument,
    )
    .option('--json', 'what came of them, as JSON')
    .action(async (file: string, { refused, json }: { refused?: string; json?: boolean }) => {
      const { importFile } = await import('../importing/import-file.js');
      const ending = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
      const refusedFile = refused ?? `${file}.refused`;
      const came = await importFile(file, { ...server(), refusedFile, signal: ending.signal }).catch(
        unreadable(file, 'give a file of commands, one a line'),
      );
      const { line: lines, ...counts } = came;
      // Known whoever reads what is printed now.
      if (counts.refused > 0) process.exitCode = Exit.REFUSED;
      if (json) await print(JSON.stringify({ lines, ...counts, ...(counts.refused > 0 && { refusedFile }) }));
      else await print(said(lines, counts, refusedFile));
    });
}

interface Counts {
  recorded: number;
  repeated: number;
  refused: number;
}

function said(lines: number, { recorded, repeated, refused }: Counts, refusedFile: string): string {
  const figure = (value: number): string => value.toLocaleString('en');
  const parts = [`${figure(recorded)} recorded`];
  if (repeated > 0) parts.push(`${figure(repeated)} recorded before`);
  parts.push(refused > 0 ? `${figure(refused)} refused: see ${refusedFile}` : 'none refused');
  return `${figure(lines)} lines: ${parts.join(', ')}`;
}
