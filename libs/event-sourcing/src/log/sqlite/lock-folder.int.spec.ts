import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FolderInUse, LogCannotOpen } from '../errors.js';
import { packageRoot } from '../../package-root.js';
import { lockFolder } from './lock-folder.js';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'caseledger-lock-'))));
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  rmSync(folder, { recursive: true });
});

/** A process that locks the folder, says "locked" or why not, and lives on. */
async function lockingProcess(): Promise<{ child: ChildProcess; said: string }> {
  const module = pathToFileURL(join(packageRoot, 'dist/libs/event-sourcing/src/log/sqlite/lock-folder.js')).href;
  const program = `
    const { lockFolder } = await import('${module}');
    try { lockFolder(${JSON.stringify(folder)}); console.log('locked'); } catch (error) { console.log(error.message); }
    setInterval(() => globalThis.gc(), 20);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    cwd: process.cwd(),
  });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const refusal = (pid: number) =>
  `The folder ${folder} is in use by process ${pid}: stop that process, or set DATA_DIR to another folder.`;

describe("the data folder's lock", () => {
  it('refuses a second process with a sentence that names the first, until it is released', async () => {
    const release = lockFolder(folder);
    expect((await lockingProcess()).said).toBe(refusal(process.pid));
    release();
    release();
    expect((await lockingProcess()).said).toBe('locked');
  });

  it('refuses a second owner in the same process, and the first keeps it', async () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    expect(() => lockFolder(folder)).toThrow(refusal(process.pid));
    expect((await lockingProcess()).said).toBe(refusal(process.pid));
    release();
    lockFolder(folder)();
  });

  it('is free again once its owner was killed', async () => {
    const { child, said } = await lockingProcess();
    expect(said).toBe('locked');
    expect(() => lockFolder(folder)).toThrow(refusal(child.pid!));
    await kill(child);
    lockFolder(folder)();
  });

  it('has exactly one owner of many that start at once, and the others name it', async () => {
    const started = await Promise.all(Array.from({ length: 6 }, lockingProcess));
    const owners = started.filter(({ said }) => said === 'locked');
    expect(owners).toHaveLength(1);
    const others = started.filter(({ said }) => said !== 'locked').map(({ said }) => said);
    expect(new Set(others)).toEqual(new Set([refusal(owners[0].child.pid!)]));
  }, 20_000);

  it('refuses a folder that cannot be used', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    expect(() => lockFolder(path)).toThrow(LogCannotOpen);
    expect(() => lockFolder(path)).toThrow(
      /^The folder .+ cannot be used \(.+\): make it a folder this user may write in/,
    );
  });
});
