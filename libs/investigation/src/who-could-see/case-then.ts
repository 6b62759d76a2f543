import { type StreamThen } from '#access/past/access-then.js';
import { CaseEvidence, type CaseThen } from '#access/past/case-then.js';
import { Evidence } from '#access/past/evidence.js';
import { folded } from '#access/past/folded.js';
import { streamOf } from '#event-sourcing/stream-name.js';
import { caseAggregate, ownersOf } from '../case-aggregate.js';

export interface AskedCase extends CaseThen {
  /** -1 before it was opened. */
  revision: number;
  /** The record that is asked about and those it belongs to; none where the case is asked about. */
  recordIds: readonly string[];
  /** Whether there was such a record. */
  hasRecord: boolean;
}

/** Who might know of a case at a moment, and of the record in it that is asked about. */
export async function caseThen(
  streamThen: StreamThen,
  caseId: string,
  recordId: string | null,
  owners: readonly string[] = [],
): Promise<AskedCase> {
  const evidence = new CaseEvidence(recordId === null ? [] : [recordId, ...owners]);
  let revision = -1;
  const pages = streamThen(streamOf(caseAggregate.category, caseId));
  const state = await folded(caseAggregate, pages, ({ stored }, { access }) => {
    ({ revision } = stored);
    evidence.after(access, new Evidence(stored));
  });
  const ofCase = { access: state.access, evidence, revision };
  if (recordId === null) return { ...ofCase, recordIds: [], hasRecord: false };
  const belongsTo = ownersOf(state, recordId);
  // Whose walls tell of it is known only now.
  if (belongsTo.length > owners.length) return caseThen(streamThen, caseId, recordId, belongsTo);
  return { ...ofCase, recordIds: [recordId, ...belongsTo], hasRecord: state.records.has(recordId) };
}
