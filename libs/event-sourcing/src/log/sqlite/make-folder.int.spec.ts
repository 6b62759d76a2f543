import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../package-root.js';
import { makeFolder } from './make-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'caseledger-folder-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const module = pathToFileURL(join(packageRoot, 'dist/libs/event-sourcing/src/log/sqlite/make-folder.js')).href;
const ROUNDS = 300;
/** Makes one folder after the other, each at the moment at which the other threads make it. */
const PROGRAM = `
  const { workerData: { module, folder, arrived, threads, rounds } } = require('node:worker_threads');
  import(module).then(({ makeFolder }) => {
    for (let round = 0; round < rounds; round++) {
      Atomics.add(arrived, round, 1);
      while (Atomics.load(arrived, round) < threads);
      makeFolder(folder + '/' + round + '/secrets');
    }
  });`;

describe('makeFolder', () => {
  it('makes the folder for its owner alone, and those above it', () => {
    makeFolder(join(folder, 'var/lib/secrets'));
    expect(statSync(join(folder, 'var/lib/secrets')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'var/lib')).isDirectory()).toBe(true);
  });

  it('refuses where a file has the name', () => {
    writeFileSync(join(folder, 'secrets'), '');
    expect(() => makeFolder(join(folder, 'secrets'))).toThrow('EEXIST');
    expect(() => makeFolder(join(folder, 'secrets/below'))).toThrow('ENOTDIR');
  });

  it('makes it for all that start at once', async () => {
    const arrived = new Int32Array(new SharedArrayBuffer(ROUNDS * Int32Array.BYTES_PER_ELEMENT));
    const workerData = { module, folder, arrived, threads: 2, rounds: ROUNDS };
    const threads = [1, 2].map(() => new Worker(PROGRAM, { eval: true, workerData }));
    const ends = await Promise.all(threads.map((thread) => once(thread, 'exit')));
    expect(ends).toEqual([[0], [0]]);
    expect(readdirSync(folder)).toHaveLength(ROUNDS);
  });
});
