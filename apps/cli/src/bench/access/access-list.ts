import { caseModel } from '#investigation/cases/case-read-model.js';
import { observationModel } from '#investigation/observations/observation-read-model.js';
import { partyModel } from '#investigation/parties/party-read-model.js';
import { type Benchmark } from '../benchmark.js';
import { filteredAgainstOpen } from './filtered.js';

/** The 20 cases that changed last, with three parties and three observations of each. */
export const accessList: Benchmark = {
  name: 'access.list',
  run: (bench) =>
    filteredAgainstOpen(bench, 'access.list', 0.6, async (session, at) => {
      const { rows } = await session.subjects(caseModel, { first: 20 }, at);
      await Promise.all(
        rows.flatMap(({ key }) =>
          [partyModel, observationModel].map((model) => session.records(model, key, { first: 3 }, at)),
        ),
      );
    }),
};
