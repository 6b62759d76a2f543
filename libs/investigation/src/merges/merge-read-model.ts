import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { change, create, on, readModel } from '#read-models/read-model.js';
import { textColumn } from '../columns.js';
import { CaseMergedInto } from './merge-case.js';
import { CaseUnmerged } from './unmerge-case.js';

/**
 * Which cases are merged into which, with every version of it: a row for each case that ever was, under the case's own id.
 * Most logs hold none: see `merged-cases.ts`.
 */
export const mergeModel = readModel({
  name: 'merges',
  level: 'record',
  names: 'mergedInto',
  knownBy: null,
  columns: { mergedInto: textColumn('mergedInto') },
  indexes: [['mergedInto']],
  text: [],
  handlers: [
    on(CaseMergedInto, ({ intoCaseId }, { stream }, current) => {
      const id = subjectIdOf(stream);
      const fields = { mergedInto: intoCaseId };
      return [current(id) ? change(id, fields) : create(id, fields)];
    }),
    on(CaseUnmerged, (_event, { stream }) => [change(subjectIdOf(stream), { mergedInto: null })]),
  ],
});
