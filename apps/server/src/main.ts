#!/usr/bin/env node
import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { BadConfig, readConfig } from './config.js';
import { boundHeap } from './heap.js';
import { startProblem } from './start-problem.js';

/** Milliseconds: the longest that a timer takes. */
const LONG = 2 ** 31 - 1;
/** Milliseconds that a start may still take once the process is to end. */
const BREAK_OFF = 5_000;

/** Ends the process with one sentence on standard error. */
function fail(sentence: string, code = 1): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/** The one argument there is. Wrong usage exits 64. */
function acceptOlderLog(): boolean {
  const [first, ...more] = process.argv.slice(2);
  if (first === undefined) return false;
  if (first === '--accept-older-log' && more.length === 0) return true;
  return fail(`The server takes one argument, --accept-older-log; all else is set by the environment.`, 64);
}

/**
 * Starts, says where it listens, and ends in order at the first SIGTERM or SIGINT, even if that comes while it starts; so it
 * does when a process is gone that started it with a channel to it. A start that takes longer from then on, as one that waits for
 * a log that is away, is broken off: at any moment of it nothing is lost.
 */
async function run(): Promise<void> {
  const options = { acceptOlderLog: acceptOlderLog() };
  const config = readConfig(process.env);
  boundHeap();
  // Node ends a process in which nothing runs, as while a client waits to try again: not before it has said why.
  setInterval(() => undefined, LONG);
  const ended = new Promise<'asked' | 'left'>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => resolve('asked'));
    process.once('disconnect', () => resolve('left'));
    if (process.connected === false) resolve('left');
  });
  // Loaded only now: a wrong setting is told at once.
  const { startServer } = await import('./server.js');
  // One sentence while it starts, a line of the log from then on.
  let tell = (sentence: string): never => fail(sentence);
  const onFatal = (error: unknown): never => tell(`Stopped: ${error instanceof Error ? error.message : String(error)}`);
  const brokenOff = ended.then(() => delay(BREAK_OFF));
  const server = await Promise.race([startServer(config, onFatal, options), brokenOff]);
  if (!server) return;
  const { url, paths, firstKey, logger } = server;
  tell = (sentence) => {
    logger.fatal(sentence);
    process.exit(1);
  };
  const lines = [`Caseledger listens on ${url}`];
  for (const [name, path] of Object.entries(paths)) lines.push(`${name.padEnd(8)} ${url}${path}`);
  const folder = config.SECRETS_DIR || config.DATA_DIR;
  const shown = `The first administrator key, shown this once and kept in ${folder}/admin.key:`;
  if (firstKey) lines.push(shown, firstKey);
  process.stdout.write(`${lines.join('\n')}\n`);

  // A second signal ends it at once.
  if ((await ended) === 'asked') process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
  await server.close();
}

run().then(
  () => process.exit(0),
  (error: unknown) => fail(error instanceof BadConfig ? error.message : startProblem(error)),
);
