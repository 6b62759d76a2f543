// The server's code as V8 compiled it, kept beside it: compiling nine megabytes anew is a fifth of a start.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The file beside a script that holds its compiled code. Of another Node's nothing can be used. */
export const cacheName = (script) => script.replace(/cjs$/, `${process.version}-${process.arch}.cache`);

/** A module that runs the script beside it; from compiled code if there is any that fits this V8 and its flags. */
export const starter = (script, flags) => `#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

// Compiled code is taken only under the flags that it was compiled under.
setFlagsFromString('${flags}');
const folder = dirname(fileURLToPath(import.meta.url));
const filename = join(folder, '${script}');
const read = (name) => {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
};
const cachedData = read(\`${script.replace(/\.cjs$/, '')}.\${process.version}-\${process.arch}.cache\`);
const wrapped = \`(function (require, module, exports, __filename, __dirname) {\${readFileSync(filename, 'latin1')}\n})\`;
const script = new Script(wrapped, { filename, cachedData });
const { CASELEDGER_CODE_CACHE } = process.env;
if (CASELEDGER_CODE_CACHE) process.once('exit', () => writeFileSync(CASELEDGER_CODE_CACHE, script.createCachedData()));
const module = { exports: {} };
script.runInThisContext()(createRequire(import.meta.url), module, module.exports, filename, folder);
`;

/** Starts a server on an empty folder and ends it, so that what a start runs is compiled, and writes that to `cache`. */
export async function writeCodeCache(path, cache) {
  const folder = mkdtempSync(join(tmpdir(), 'caseledger-build-'));
  try {
    const { PATH } = process.env;
    const env = { PATH, DATA_DIR: join(folder, 'data'), PORT: '0', DISK_FLOOR_MB: '0', CASELEDGER_CODE_CACHE: cache };
    const server = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    createInterface(server.stdout).once('line', () => server.kill('SIGTERM'));
    const code = await ended;
    if (code !== 0) throw new Error(`The server that was built ended with ${code} when it was tried.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
