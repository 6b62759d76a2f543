import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run test:faults -- --rounds 20`: all faults of the embedded engines, with so many power cuts. With `--engines` those of
 * a cluster over EventStoreDB and PostgreSQL instead, each in so many rounds (20 if nothing else is said). Then exits as jest does.
 */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, engines: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = values.rounds ?? (values.engines ? '20' : '10');
if (!/^[1-9]\d*$/.test(rounds)) {
  console.error(`--rounds is ${rounds}; give how many there are to be, from 1.`);
  process.exit(1);
}
const jest = ['--enable-source-maps', 'node_modules/jest/bin/jest.js'];
const paths = positionals.length > 0 ? positionals : [values.engines ? 'test/cluster/' : 'test/faults/'];
spawn(process.execPath, [...jest, ...paths, '--selectProjects', 'crash', '--verbose'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    [values.engines ? 'ENGINE_ROUNDS' : 'FAULT_ROUNDS']: rounds,
    ...(values.seed && { CRASH_SEED: values.seed }),
  },
}).on('exit', (code) => process.exit(code ?? 1));
