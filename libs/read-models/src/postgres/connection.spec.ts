import { execFileSync } from 'node:child_process';

/** What the main thread of a process of its own names its sessions, and another thread of it. */
const names = (): string[] => {
  const named = `console.log((await import('${new URL('./connection.js', import.meta.url).href}')).settings('').application_name)`;
  const both = `${named}; new (await import('node:worker_threads')).Worker(new URL(${JSON.stringify(`data:text/javascript,${encodeURIComponent(named)}`)}))`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', both], { encoding: 'utf8' });
  return told.trim().split('\n');
};

describe('the name of the sessions of a process', () => {
  it('is that of all its threads, and of no other process, whatever its host and id', () => {
    const [first, second] = [names(), names()];
    expect(first).toEqual([first[0], first[0]]);
    const withoutId = ([name]: string[]) => name.replace(/ \d+(?= |$)/, '');
    expect(withoutId(first)).toMatch(/^caseledger /);
    expect(withoutId(first)).not.toBe(withoutId(second));
    expect(Buffer.byteLength(first[0])).toBeLessThanOrEqual(63);
  });
});
