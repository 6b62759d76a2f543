import { Command, CommanderError } from 'commander';
import { commands } from './commands.js';
import { Exit, explain } from './exit.js';
import { safe } from './terminal.js';
import { software } from '../../server/src/software.js';

const program = new Command()
  .name('caseledger')
  .description('History, proof and care of a Caseledger record.')
  .version(software, '--version', 'print the version')
  .configureHelp({ helpWidth: 100 })
  .showHelpAfterError('(caseledger --help, and caseledger COMMAND --help, say what is allowed)')
  .exitOverride()
  .configureOutput({ writeErr: (text) => void process.stderr.write(safe(text)) })
  .addHelpText(
    'after',
    `
Environment:
  CASELEDGER_URL  the server (default http://127.0.0.1:4000)
  CASELEDGER_KEY  the key to ask it with (default: the one in DATA_DIR/admin.key)
  DATA_DIR        the server's data folder (default ./data)
  NO_COLOR        no colours, whatever it is set to; none anyway where the output is no terminal

Exit codes: 0 done, 1 refused or a difference found, 64 wrong usage, 74 the output cannot be written; verify has its own.`,
  );
for (const command of commands) command(program);

// A reader that has seen enough, such as head, closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`What was to be printed could not be written (${error.message}).\n`);
  process.exit(Exit.OUTPUT);
});

// Node ends a process in which nothing runs, as while a client waits to try again: not before it has said why.
const running = setInterval(() => undefined, 60_000);
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? Exit.DONE : Exit.USAGE;
  else {
    process.stderr.write(`${safe(explain(error))}\n`);
    process.exitCode = Exit.REFUSED;
  }
} finally {
  clearInterval(running);
}
