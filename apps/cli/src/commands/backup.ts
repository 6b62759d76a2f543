import { type Command } from 'commander';
import { pathArgument } from '../arguments.js';
import { embeddedFolder } from '../connect.js';
import { print } from '../terminal.js';

/** `caseledger backup`: one consistent point of everything that cannot be rebuilt. */
export function backup(program: Command): void {
  program
    .command('backup')
    .summary('copy all that cannot be rebuilt, while the server runs')
    .description(
      'Copies everything in DATA_DIR that cannot be rebuilt (the log at one moment, keys and secrets) to a folder, verifies ' +
        'the copy and prints its head. The server may run and be written to. Keep the folder as safe as DATA_DIR: it holds keys.',
    )
    .argument('<folder>', 'where to: an empty folder, or one that is not there yet', pathArgument)
    .option('--json', 'what was taken, as JSON')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const { takeBackup } = await import('../backup/take-backup.js');
      const manifest = await takeBackup(embeddedFolder(), folder);
      if (json) return print(JSON.stringify({ folder, ...manifest }));
      const { events, head, files, logId } = manifest;
      await print(
        [
          `${folder}: ${Object.keys(files).join(', ')}`,
          `log     ${logId}`,
          `events  ${events.toLocaleString('en')}, verified`,
          `head    ${head.sequence}:${head.digest}`,
        ].join('\n'),
      );
    });
}
