import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { packageRoot } from '#event-sourcing/package-root.js';
import { boundHeap } from '../../../server/src/heap.js';
import { Exit, Refused } from '../exit.js';
import { type Bench, type PresetName, PRESETS, type Result } from './benchmark.js';
import { benchmarks, engineBenchmarks } from './benchmarks.js';
import { machine } from './machine.js';
import { Servers } from './servers.js';
import { figure, table } from './table.js';

interface Options {
  preset: PresetName;
  out?: string;
  only: string[];
  engines: boolean;
  folder: string;
}

const all = [...benchmarks, ...engineBenchmarks];
const names = all.map(({ name }) => name);

const program = new Command()
  .name('npm run bench --')
  // Commander's own is 1.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? Exit.DONE : Exit.USAGE))
  .description('Measures Caseledger against ceilings of the same machine, in three rounds of each in turns.')
  .addOption(new Option('--preset <preset>', 'how much').choices(Object.keys(PRESETS)).default('quick'))
  .option('--out <file>', 'write the figures to this file, as JSON')
  .addOption(
    new Option('--only <name>', `only this one; may be given again (${names.join(', ')})`)
      .argParser((name, before: string[]) => [...before, name])
      .default([], 'all'),
  )
  .option('--engines', 'those of EventStoreDB and PostgreSQL instead', false)
  .option('--folder <folder>', 'where to measure: its file system matters', join(packageRoot, 'dist'));

/** Runs them one by one; a broken one stops the run. `measured` is told after each what there is so far. */
async function run(
  { preset: presetName, only, engines, folder: parent }: Options,
  measured: (results: readonly Result[]) => Promise<void>,
): Promise<Result[]> {
  const root = await mkdtemp(join(parent, 'bench-')).catch((error: NodeJS.ErrnoException) => {
    throw new Refused(`${parent} cannot be measured in (${error.code}): name another folder with --folder.`);
  });
  let made = 0;
  const folder = async (name: string): Promise<string> => {
    const path = join(root, `${++made}-${name}`);
    await mkdir(path);
    return path;
  };
  const preset = PRESETS[presetName];
  const servers = new Servers(folder);
  const closing: (() => Promise<void>)[] = [];
  const bench: Bench = { preset, folder, servers, atEnd: (close) => closing.unshift(close) };
  const chosen =
    only.length > 0 ? all.filter(({ name }) => only.includes(name)) : engines ? engineBenchmarks : benchmarks;
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('Interrupted.')));
  });
  try {
    const results: Result[] = [];
    for (const benchmark of chosen) {
      process.stderr.write(`${benchmark.name} ...\n`);
      const result = await Promise.race([benchmark.run(bench), interrupted]);
      results.push(result);
      const ratio = result.ratio === null ? '' : `, ${result.ratio.toFixed(2)} of the ceiling`;
      process.stderr.write(`  ${figure(result.value)} ${result.unit}${ratio}${result.pass ? '' : ': MISSED'}\n`);
      await measured(results);
    }
    return results;
  } finally {
    await servers.close();
    for (const close of closing) await close();
    await rm(root, { recursive: true, force: true });
  }
}

/** Tried before anything is measured: a benchmark takes minutes, and its figures would be lost. */
async function requireWritable(file: string): Promise<void> {
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    throw new Refused(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}): name another with --out.`);
  }
}

try {
  // What runs in this process is to find it as it does in the server's.
  boundHeap();
  const options = program.parse().opts<Options>();
  const unknown = options.only.filter((name) => !names.includes(name));
  if (unknown.length > 0) program.error(`There is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  if (options.out) await requireWritable(options.out);
  const about = machine(options.folder);
  // A full run is long: what it has measured outlives its end.
  const keep = async (results: readonly Result[]): Promise<void> => {
    if (options.out) await writeFile(options.out, `${JSON.stringify({ ...about, results }, null, 2)}\n`);
  };
  const results = await run(options, keep);
  console.log(
    `Commit ${about.commit}, Node ${about.node}, ${about.cpu}, ${about.cores} cores, ${about.fs}, preset ${options.preset}\n`,
  );
  console.log(table(results));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
