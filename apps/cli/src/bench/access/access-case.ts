import { caseModel } from '#investigation/cases/case-read-model.js';
import { type Benchmark } from '../benchmark.js';
import { filteredAgainstOpen } from './filtered.js';

/** A case by its id. */
export const accessCase: Benchmark = {
  name: 'access.case',
  run: (bench) =>
    filteredAgainstOpen(bench, 'access.case', 0.85, (session, at, id) => session.subject(caseModel, { id }, at)),
};
