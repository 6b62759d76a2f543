import { type Benchmark } from './benchmark.js';
import { mutationsAgainstConstant } from './mutations.js';
import { PLAIN } from './note-load.js';

export const mutationPlain: Benchmark = {
  name: 'mutation.plain',
  run: (bench) => mutationsAgainstConstant(bench, { name: 'mutation.plain', body: PLAIN, least: 0.6 }),
};
