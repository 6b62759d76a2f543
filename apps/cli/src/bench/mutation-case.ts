import { type Benchmark } from './benchmark.js';
import { mutationsAgainstConstant } from './mutations.js';
import { WITH_CASE } from './note-load.js';

export const mutationCase: Benchmark = {
  name: 'mutation.case',
  run: (bench) => mutationsAgainstConstant(bench, { name: 'mutation.case', body: WITH_CASE, least: 0.4 }),
};
