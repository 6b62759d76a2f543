import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { server as named } from '../connect.js';
import { Exit } from '../exit.js';
import { type ServerProcess, startServer } from '../server-process.js';
import { issueKeys } from './principals.js';
import { askAll } from './question.js';
import { recordScenarios, scenarioQuestions } from './record-scenarios.js';

const USAGE = `Usage: npm run scenario -- [--check]

Records two investigations, a real and an invented one, over GraphQL. With --check it then asks what they must answer,
and exits 1 on a wrong answer. CASELEDGER_URL names the server, CASELEDGER_KEY an administrator's key there (default:
DATA_DIR/admin.key). Without CASELEDGER_URL it starts a server of its own over a temporary folder.`;

/** The exit code of a run that a signal ended, as shells have it for SIGINT. */
const INTERRUPTED = 130;

/** The folder is to hold all: what is recorded elsewhere would stay there for good. */
const EMBEDDED = { EVENT_LOG: '', READ_STORE: '', SECRETS_DIR: '', ROLES: '' };

interface Target {
  url: string;
  adminKey: string;
  keyFrom?: string;
  release: () => Promise<void>;
}

/** Does this, and ends, where it is interrupted. */
function whenInterrupted(undo: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void undo().finally(() => process.exit(INTERRUPTED)));
}

/** The server that the environment names, or one of our own that ends with the run. */
async function target(): Promise<Target> {
  if (process.env.CASELEDGER_URL) {
    const { url, key: adminKey, keyFrom } = named();
    return { url, adminKey, keyFrom, release: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-scenario-'));
  let server: ServerProcess | undefined;
  const release = async (): Promise<void> => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  whenInterrupted(release);
  try {
    server = await startServer(folder, { ...EMBEDDED, HOST: '127.0.0.1', PORT: '0' });
    return { url: server.url, adminKey: server.adminKey, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Records, and asks if told to. Returns how many answers are wrong. */
async function run(check: boolean): Promise<number> {
  const { url, adminKey, keyFrom, release } = await target();
  const issuing = issueKeys(url, adminKey, keyFrom);
  let revoking: Promise<void> | undefined;
  const revoke = () => (revoking ??= issuing.then((issued) => issued.revoke()));
  // A server of our own goes with its keys.
  if (process.env.CASELEDGER_URL) whenInterrupted(revoke);
  console.log(`Recording at ${url}`);
  try {
    const { keys } = await issuing;
    try {
      const scenarios = await recordScenarios(url, keys);
      console.log('Both scenarios are recorded.');
      if (!check) return 0;
      let wrong = 0;
      for (const { title, questions } of scenarioQuestions(scenarios)) {
        console.log(`\n${title}`);
        wrong += await askAll(questions, console.log);
      }
      console.log(wrong === 0 ? '\nEvery answer is right.' : `\nWrong answers: ${wrong}.`);
      return wrong;
    } finally {
      await revoke();
    }
  } finally {
    await release();
  }
}

// A reader that has seen enough, such as head, closes the pipe: what has begun comes to its end, and its server and folder go.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** What was asked for; wrong usage exits 64. */
function asked(): { check?: boolean; help?: boolean } {
  try {
    return parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(Exit.USAGE);
  }
}

try {
  const values = asked();
  if (values.help) console.log(USAGE);
  else process.exitCode = (await run(values.check ?? false)) === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
