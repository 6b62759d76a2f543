import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run test:follow -- --cuts 1000`: cuts followers off so often, then exits as jest does. */
const { values } = parseArgs({ options: { cuts: { type: 'string', default: '50' }, seed: { type: 'string' } } });
if (!/^[1-9]\d*$/.test(values.cuts)) {
  console.error(`--cuts is ${values.cuts}; give how many cuts there are to be, from 1.`);
  process.exit(1);
}
const jest = ['--enable-source-maps', 'node_modules/jest/bin/jest.js'];
spawn(process.execPath, [...jest, 'test/follow/', '--selectProjects', 'crash', 'e2e'], {
  stdio: 'inherit',
  env: { ...process.env, FOLLOW_CUTS: values.cuts, ...(values.seed && { CRASH_SEED: values.seed }) },
}).on('exit', (code) => process.exit(code ?? 1));
