import { caseModel } from '#investigation/cases/case-read-model.js';
import { noteModel } from '#investigation/notes/note-read-model.js';
import { partyModel } from '#investigation/parties/party-read-model.js';
import { type Benchmark } from './benchmark.js';
import { pastAgainstNow } from './history/past-queries.js';

/** A case by its id, with the first 20 of its parties and of its notes. */
export const asofNested: Benchmark = {
  name: 'asof.nested',
  run: (bench) =>
    pastAgainstNow(bench, 'asof.nested', async (session, at, id) => {
      const subject = await session.subject(caseModel, { id }, at);
      await Promise.all(
        [partyModel, noteModel].map((model) => session.records(model, subject!.key, { first: 20 }, at)),
      );
    }),
};
