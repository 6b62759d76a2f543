import { append1 } from './append-1.js';
import { append64 } from './append-64.js';
import { type Benchmark } from './benchmark.js';
import { delayP99 } from './delay-p99.js';
import { memory } from './memory.js';
import { mutationCase } from './mutation-case.js';
import { mutationHot } from './mutation-hot.js';
import { mutationPlain } from './mutation-plain.js';

/** All benchmarks, in the order they are run. */
export const benchmarks: readonly Benchmark[] = [
  append1,
  append64,
  mutationPlain,
  mutationCase,
  mutationHot,
  delayP99,
  memory,
];
