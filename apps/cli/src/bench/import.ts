import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type Bench, type Benchmark, ROUNDS } from './benchmark.js';
import { MeasuredServer } from './measured-server.js';
import { resultOf, type Side } from './rounds.js';

const CASELEDGER = join(packageRoot, 'dist/run/apps/cli/src/main.js');
/** Commands on each case. */
const PER_CASE = 100;

/** `caseledger import` of a file with cases one after the other, from the start of the command to its end. */
export const importing: Benchmark = {
  name: 'import',
  run: async (bench) => {
    const cases = Math.ceil(bench.preset.memoryEvents / 10 / PER_CASE);
    const sides: Side[] = [];
    for (let round = 0; round < ROUNDS; round++) sides.push({ value: await imported(bench, cases) });
    const count = (cases * PER_CASE).toLocaleString('en');
    const note = `${count} commands into ${cases.toLocaleString('en')} cases, each round on a new folder`;
    const about = { name: 'import', unit: 'commands/s', target: '>= 5,000 commands/s', note };
    return resultOf(about, { product: sides, ceiling: null }, ({ value }) => value >= 5_000);
  },
};

/** Commands per second. Throws if one of them is refused. */
async function imported(bench: Bench, cases: number): Promise<number> {
  const folder = await bench.folder('import');
  const file = join(folder, 'past.ndjson');
  await writeFile(file, Array.from({ length: cases }, () => linesOfCase()).join(''));
  const server = await MeasuredServer.start('product', join(folder, 'data'));
  try {
    const env = { ...process.env, CASELEDGER_URL: server.url, CASELEDGER_KEY: server.key };
    const begin = performance.now();
    await promisify(execFile)(process.execPath, [CASELEDGER, 'import', file], { env });
    return (cases * PER_CASE * 1000) / (performance.now() - begin);
  } finally {
    await server.stop();
  }
}

function linesOfCase(): string {
  const caseId = randomUUID();
  const lines: [string, object][] = Array.from({ length: PER_CASE }, (_, n) =>
    n === 0
      ? ['openCase', { caseId, title: 'Taken over', kind: 'CASE' }]
      : ['addNote', { caseId, text: { text: `Taken over from the old register, entry ${n}.` } }],
  );
  return lines
    .map(([command, input]) => `${JSON.stringify({ command, input: { commandId: randomUUID(), ...input } })}\n`)
    .join('');
}
