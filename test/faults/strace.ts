import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

/** What system calls on a file come to, in strace's words: `error=EIO`, `retval=0`. */
export interface Fault {
  /** Only calls on these files. */
  files: readonly string[];
  /** `fsync`, `pwrite64`. */
  calls: readonly string[];
  what: string;
}

/** Why faults cannot be put into system calls here; undefined if they can. */
export const noInjection: string | undefined = (() => {
  if (process.platform !== 'linux') return 'strace is for Linux';
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO', 'true'], { stdio: 'pipe' });
    return isConfined() ? 'only root may trace a process that runs already (kernel.yama.ptrace_scope)' : undefined;
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT') return 'strace is not installed';
    return `strace cannot trace here: ${String(stderr).trim().split('\n').at(-1)}`;
  }
})();

/** Yama lets others than root trace only what they have started themselves. */
function isConfined(): boolean {
  const setting = '/proc/sys/kernel/yama/ptrace_scope';
  return process.getuid?.() !== 0 && existsSync(setting) && readFileSync(setting, 'utf8').trim() !== '0';
}

const options = ({ files, calls, what }: Fault): string[] => [
  ...['-f', '-o', '/dev/null', '-e', `trace=${calls.join(',')}`],
  ...files.flatMap((file) => ['-P', file]),
  ...['-e', `inject=${calls.join(',')}:${what}`],
];

/** Lets a fault happen in all threads of a running process, from the moment that this resolves until `end` does. */
export async function inject(pid: number, fault: Fault): Promise<{ end: () => Promise<void> }> {
  const strace = spawn('strace', [...options(fault), '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(strace, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    strace.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('attached')) resolve();
    });
    void ended.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  return {
    end: async () => {
      strace.kill('SIGINT');
      await ended;
    },
  };
}

/** The command that runs another with a fault from its beginning on. */
export const withFault = (fault: Fault): string[] => ['strace', ...options(fault)];
