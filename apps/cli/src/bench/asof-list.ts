import { caseModel } from '#investigation/cases/case-read-model.js';
import { type Benchmark } from './benchmark.js';
import { pastAgainstNow } from './history/past-queries.js';

/** The 20 cases that changed last. */
export const asofList: Benchmark = {
  name: 'asof.list',
  run: (bench) => pastAgainstNow(bench, 'asof.list', (session, at) => session.subjects(caseModel, { first: 20 }, at)),
};
