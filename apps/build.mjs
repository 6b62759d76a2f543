// Builds, one at a time: two that write to dist at once would leave parts of both.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const dist = join(import.meta.dirname, '..', 'dist');
const lock = join(dist, '.building');

/** Milliseconds that no build takes. */
const LONG = 120_000;

/** Whether the process that holds the lock is there still. */
function isHeld() {
  try {
    // Another process may have its number by now.
    if (Date.now() - statSync(lock).mtimeMs > LONG) rmSync(lock, { force: true });
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch ({ code }) {
    // It let go of it meanwhile, or ended without.
    if (code === 'ESRCH') rmSync(lock, { force: true });
    return code === 'EPERM';
  }
}

mkdirSync(dist, { recursive: true });
for (let isTaken = false; !isTaken;) {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    isTaken = true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isHeld()) await pause(100);
  }
}
process.once('exit', () => rmSync(lock, { force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
await import('./compile.mjs');
await import('./bundle.mjs');
