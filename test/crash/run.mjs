import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run test:crash -- --rounds 200`: the crash tests with so many kills, then exits as jest does. */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, seed: { type: 'string' } },
  allowPositionals: true,
});
if (!/^[1-9]\d*$/.test(values.rounds)) {
  console.error(`--rounds is ${values.rounds}; give how many kills there are to be, from 1.`);
  process.exit(1);
}
const jest = ['--enable-source-maps', 'node_modules/jest/bin/jest.js'];
/** The short form of the kills, whose number is its own. */
const shorter = ['--testPathIgnorePatterns', String.raw`/kill\.crash\.`];
spawn(
  process.execPath,
  [...jest, ...(positionals.length > 0 ? positionals : ['test/crash/']), ...shorter, '--selectProjects', 'crash'],
  {
    stdio: 'inherit',
    env: { ...process.env, CRASH_ROUNDS: values.rounds, ...(values.seed && { CRASH_SEED: values.seed }) },
  },
).on('exit', (code) => process.exit(code ?? 1));
