import { caseModel } from '#investigation/cases/case-read-model.js';
import { type Benchmark } from './benchmark.js';
import { pastAgainstNow } from './history/past-queries.js';

/** A case by its id. */
export const asofCase: Benchmark = {
  name: 'asof.case',
  run: (bench) => pastAgainstNow(bench, 'asof.case', (session, at, id) => session.subject(caseModel, { id }, at)),
};
