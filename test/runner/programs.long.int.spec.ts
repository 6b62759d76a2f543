import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '#event-sourcing/package-root.js';

/** Runs a program of the command line that is not bundled, to its end. */
function run(program: string, ...args: string[]) {
  const main = join(packageRoot, 'dist/apps/cli/src', program, 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run generate', () => {
  it.each([[['--chek']], [['--check', '--release']], [['check']]])('writes nothing at wrong usage: %s', (args) => {
    const { status, stdout, stderr } = run('generate', ...args);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toContain('Usage: npm run generate -- [--check | --release]');
  });
});

describe('npm run bench', () => {
  it('exits 64 at wrong usage', () => {
    for (const args of [['--nope'], ['--only', 'nothing'], ['--preset', 'huge']])
      expect(run('bench', ...args)).toMatchObject({ status: 64, stdout: '', stderr: expect.stringMatching(/./) });
    expect(run('bench', '--help')).toMatchObject({ status: 0, stderr: '' });
  });

  it('measures nothing whose figures could not be written', () => {
    const out = '/proc/none/figures.json';
    expect(run('bench', '--only', 'verify', '--out', out)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${out} cannot be written (ENOENT): name another with --out.\n`,
    });
  }, 60_000);

  it('names the folder that it cannot measure in', () => {
    expect(run('bench', '--only', 'verify', '--folder', '/proc/none')).toEqual({
      status: 1,
      stdout: '',
      stderr: '/proc/none cannot be measured in (ENOENT): name another folder with --folder.\n',
    });
  }, 60_000);
});

describe('npm run test:crash', () => {
  it('leaves out the short form of what it kills as often as it is asked to', () => {
    const program = join(packageRoot, 'test/crash/run.mjs');
    const options = { cwd: packageRoot, encoding: 'utf8' } as const;
    const { stdout } = spawnSync(process.execPath, [program, '--rounds', '1', '--', '--listTests'], options);
    expect(stdout.match(/kill\..*(?=\.spec\.js$)/gm)).toEqual(['kill.long.crash']);
  }, 60_000);
});
