import { THE_CASE } from '#access/cases/case-access.js';
import { evolve } from '#event-sourcing/slice.js';
import { type MarkChange, onAccess, THE_SUBJECT } from '#read-models/access-changes.js';
import { type CaseState } from '../cases/case-state.js';
import { nameOf } from '../members/grantee.js';
import { type MarkFacts } from './mark.js';
import { CaseMarked } from './mark-case.js';
import { RecordMarked } from './mark-record.js';
import { setMark, termsOf } from './mark-state.js';
import { originatorName } from './originator.js';
import { OriginatorConsentRecorded } from './record-originator-consent.js';

/** How the marks on a case and its records follow from its events. */
export const markEvolution = [
  evolve(CaseMarked, (state: CaseState, event) => setMark(state, THE_CASE, event)),
  evolve(RecordMarked, (state: CaseState, event) => setMark(state, event.recordId, event)),
  evolve(OriginatorConsentRecorded, ({ access, records }: CaseState, event) => {
    const { consentId, markedId, originator } = event;
    const id = records.has(markedId) ? markedId : THE_CASE;
    const mark = access.marks.get(id)!.get(originatorName(originator))!;
    mark.consents.set(consentId, termsOf(event));
    mark.consented++;
  }),
];

/** The same, as reads find it. */
export const markAccess = [
  onAccess(CaseMarked, (event) => [change(THE_SUBJECT, event)]),
  onAccess(RecordMarked, (event) => [change(event.recordId, event)]),
];

const change = (record: string, { tlp, pap, originator, recipients }: MarkFacts): MarkChange => ({
  ...{ op: 'mark', record, level: tlp, originator: originatorName(originator), recipients: recipients.map(nameOf) },
  shown: { recordId: record === THE_SUBJECT ? undefined : record, tlp, pap, originator, recipients },
});
