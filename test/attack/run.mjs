import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * `npm run test:attack -- --documents 10000`: asks with so many random documents for what is hidden, every operation by every role
 * in every situation, and sends every wrong input; then exits as jest does.
 */
const { values } = parseArgs({
  options: { documents: { type: 'string', default: '10000' }, seed: { type: 'string' } },
});
if (!/^[1-9]\d*$/.test(values.documents)) {
  console.error(`--documents is ${values.documents}; give how many documents there are to be, from 1.`);
  process.exit(1);
}
const jest = ['--enable-source-maps', 'node_modules/jest/bin/jest.js'];
const paths = [
  ...['test/attack/', 'test/access/matrix', 'test/e2e/wrong-inputs'],
  ...['test/e2e/hardening', 'test/e2e/tokens', 'test/e2e/attacks', 'test/e2e/authentication'],
];
spawn(process.execPath, [...jest, ...paths, '--selectProjects', 'e2e'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ATTACK_WHOLE: '1',
    ATTACK_DOCUMENTS: values.documents,
    ...(values.seed && { CRASH_SEED: values.seed }),
  },
}).on('exit', (code) => process.exit(code ?? 1));
