import { type StreamThen } from '#access/past/access-then.js';
import { CaseEvidence, type CaseThen } from '#access/past/case-then.js';
import { Evidence } from '#access/past/evidence.js';
import { folded } from '#access/past/folded.js';
import { streamOf } from '#event-sourcing/stream-name.js';
import { caseAggregate } from '../case-aggregate.js';

/** Who might know of a case at a moment, its revision (-1 before it was opened) and whether it held the record that is asked about. */
export async function caseThen(
  streamThen: StreamThen,
  caseId: string,
  recordId: string | null,
): Promise<CaseThen & { revision: number; hasRecord: boolean }> {
  const evidence = new CaseEvidence(recordId);
  let revision = -1;
  const pages = streamThen(streamOf(caseAggregate.category, caseId));
  const { access, records } = await folded(caseAggregate, pages, ({ stored }, state) => {
    ({ revision } = stored);
    evidence.after(state.access, new Evidence(stored));
  });
  return { access, evidence, revision, hasRecord: recordId !== null && records.has(recordId) };
}
