import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run test:faults -- --rounds 20`: all faults, with so many power cuts; then exits as jest does. */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, seed: { type: 'string' } },
  allowPositionals: true,
});
if (!/^[1-9]\d*$/.test(values.rounds)) {
  console.error(`--rounds is ${values.rounds}; give how many power cuts there are to be, from 1.`);
  process.exit(1);
}
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const paths = positionals.length > 0 ? positionals : ['test/faults/'];
spawn(process.execPath, [...jest, ...paths, '--selectProjects', 'crash', '--verbose'], {
  stdio: 'inherit',
  env: { ...process.env, FAULT_ROUNDS: values.rounds, ...(values.seed && { CRASH_SEED: values.seed }) },
}).on('exit', (code) => process.exit(code ?? 1));
