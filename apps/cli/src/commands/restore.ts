import { type Command } from 'commander';
import { pathArgument } from '../arguments.js';
import { embeddedFolder } from '../connect.js';
import { readDatabase } from '../engines.js';
import { print } from '../terminal.js';

const ELSEWHERE =
  'The read models are in READ_STORE. If they have seen what came after the backup, start once with: npm start -- --accept-older-log';

/** `caseledger restore`: a backup becomes a data folder. */
export function restore(program: Command): void {
  program
    .command('restore')
    .summary('put a backup into DATA_DIR')
    .description(
      'Verifies a backup, copies it into DATA_DIR (which is empty or not there) and builds the read models, unless READ_STORE names a database for them. No server may run on DATA_DIR.',
    )
    .argument('<folder>', 'the backup', pathArgument)
    .option('--replace', 'put it in place of what is in DATA_DIR, which is kept beside it under another name')
    .option('--json', 'what was done, as JSON')
    .action(async (folder: string, { replace = false, json }: { replace?: boolean; json?: boolean }) => {
      const { restoreBackup } = await import('../backup/restore-backup.js');
      const builds = readDatabase() === undefined;
      const { manifest, before, kept } = await restoreBackup(folder, embeddedFolder(), { replace, builds });
      const { head, logId, takenAt } = manifest;
      if (json) return print(JSON.stringify({ dataDir: embeddedFolder(), logId, before, head, kept }));
      const lines = [
        `${embeddedFolder()} is restored from ${folder}, taken at ${takenAt}.`,
        `log          ${logId}`,
        `head before  ${before ?? 'none: there was no log'}`,
        `head now     ${head.sequence}:${head.digest}`,
      ];
      if (kept) lines.push(`What was there is kept in ${kept}`);
      if (!builds) lines.push(ELSEWHERE);
      await print(lines.join('\n'));
    });
}
