import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { preparedQueries } from '../../../server/src/prepared-queries.js';
import { dataFolder, isEmbedded } from '../connect.js';
import { Refused } from '../exit.js';
import { inShell } from '../in-shell.js';
import { issueKeys, PRINCIPALS } from '../scenario/principals.js';
import { recordScenarios } from '../scenario/record-scenarios.js';
import { type ServerProcess, startServer } from '../server-process.js';

/** Stands in the folder while not all is recorded. */
const UNFINISHED = 'demo-unfinished';

/** Refuses engines that others may use: what is recorded can never be taken away there. */
function requireEmbedded(): void {
  for (const name of ['EVENT_LOG', 'READ_STORE'] as const) {
    if (!isEmbedded(name))
      throw new Refused(
        `${name} names what is not in DATA_DIR, and the demo records into an empty folder: unset ${name}.`,
      );
  }
}

/** Refuses a folder with anything in it: the demo's cases belong in no record that is kept. */
async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${folder} cannot be made a folder (${error.message}): name another (DATA_DIR=./another-demo npm run demo).`,
      { cause: error },
    );
  });
  const names = await readdir(folder);
  if (names.length === 0) return;
  const holds = names.includes(UNFINISHED)
    ? 'holds a demo that was ended before all was recorded'
    : names.includes(KEPT.log)
      ? `is not empty: it holds an event log (DATA_DIR=${inShell(folder)} npm start serves it)`
      : 'is not empty';
  throw new Error(
    `The folder ${folder} ${holds}, and the demo records into an empty one: ` +
      'name another (DATA_DIR=./another-demo npm run demo), or remove this one if you no longer need it.',
  );
}

const isLock = (name: string): boolean => name.startsWith('lock');

/** Takes away what a server has left that could not start: else the next try would find a folder that is not empty. */
async function empty(folder: string): Promise<void> {
  // Not what somebody else's server has begun there meanwhile.
  const unlock = lockFolder(folder);
  try {
    // The lock last: without it another server may begin there.
    const names = (await readdir(folder)).sort((a, b) => Number(isLock(a)) - Number(isLock(b)));
    for (const name of names) await rm(join(folder, name), { recursive: true });
  } finally {
    unlock();
  }
}

/** Records both scenarios and prints how to look at them. */
async function record({ url, adminKey }: ServerProcess, folder: string): Promise<void> {
  const unfinished = join(folder, UNFINISHED);
  await writeFile(unfinished, '');
  const { keys } = await issueKeys(url, adminKey);
  const { invented } = await recordScenarios(url, keys);
  await rm(unfinished);
  console.log(`Two investigations are recorded at ${url}.\n`);
  console.log('Keys, for the header "Authorization: Bearer <key>":');
  for (const name of PRINCIPALS) console.log(`  ${name.padEnd(13)} ${keys[name]}`);
  console.log(`  ${'administrator'.padEnd(13)} ${adminKey}`);
  console.log('\nThe invented investigation is restricted to its members: to the outsider it does not exist.');
  console.log('\nThe invented investigation, day by day: asOf: { sequence } of');
  for (const [day, sequence] of invented.marks()) console.log(`  ${day}    ${sequence}`);
  console.log('\nPrepared queries in the IDE:');
  for (const { title } of preparedQueries()) console.log(`  ${title}`);
  console.log(`\nOpen  ${url}/graphiql#key=${keys.investigator}`);
  console.log('\nThe server runs until you press Ctrl+C. To see it again later, keep a key:');
  console.log(`  DATA_DIR=${inShell(folder)} npm start`);
}

/** Resolves at the first SIGINT or SIGTERM, or when its terminal is closed: its server would go on. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

async function demo(): Promise<number> {
  if (process.argv.length > 2) {
    console.error('npm run demo takes no arguments: DATA_DIR names its folder, PORT its port.');
    return 64;
  }
  requireEmbedded();
  const folder = dataFolder();
  await requireEmpty(folder);
  const stopped = asked();
  const server = await startServer(folder).catch(async (error: unknown) => {
    await empty(folder).catch(() => undefined);
    throw error;
  });
  try {
    const recorded = record(server, folder).then(() => true);
    if (!(await Promise.race([recorded, stopped])))
      console.error(`The demo was ended before all was recorded: remove ${folder} before you run it again.`);
    const ended = await Promise.race([server.exited, stopped.then(() => server.stop())]);
    return ended ?? 1;
  } finally {
    await server.stop();
  }
}

try {
  process.exitCode = await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
