import { type Command } from 'commander';
import { access } from './commands/access.js';
import { backup } from './commands/backup.js';
import { copyLog } from './commands/copy-log.js';
import { event } from './commands/event.js';
import { events } from './commands/events.js';
import { history } from './commands/history.js';
import { importing } from './commands/import.js';
import { key } from './commands/key.js';
import { restore } from './commands/restore.js';
import { techniques } from './commands/techniques.js';
import { trace } from './commands/trace.js';
import { verify } from './commands/verify.js';
import { projections } from './commands/projections.js';
import { replay } from './commands/replay.js';

/**
 * Every command of `caseledger`, in the order of its help; one file each in `commands/`. A command loads what is heavy in
 * its action, so that `--help` and the others do not wait for it. What it throws is told in one sentence, with exit code 1.
 */
export const commands: readonly ((program: Command) => void)[] = [
  history,
  event,
  events,
  trace,
  access,
  importing,
  key,
  techniques,
  verify,
  replay,
  backup,
  restore,
  copyLog,
  projections,
];
