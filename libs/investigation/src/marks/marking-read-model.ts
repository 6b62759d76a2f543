import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { type MarkSet } from './mark.js';
import { CaseMarked } from './mark-case.js';
import { RecordMarked } from './mark-record.js';
import { type MarkingConsent, type StandingMark } from './marking.js';
import { originatorName } from './originator.js';
import { OriginatorConsentRecorded } from './record-originator-consent.js';

type Rows = (id: string) => Row | undefined;

const marksIn = (row: Row | undefined) => (row?.marks ?? []) as StandingMark[];
const consentsIn = (row: Row | undefined) => (row?.consents ?? []) as (Omit<MarkingConsent, 'consentedAt'> & Row)[];
/** A mark takes the place of its originator's last; what that originator had consented to is used up, or has lapsed. */
function marked(id: string, { tlp, pap, originator, recipients, usedConsentId, reason }: MarkSet, current: Rows) {
  const row = current(id);
  const name = originatorName(originator);
  const others = marksIn(row).filter((one) => originatorName(one.originator) !== name);
  const consents = consentsIn(row).map((consent) => {
    if (originatorName(consent.originator) !== name || consent.status !== 'STANDING') return consent;
    return { ...consent, status: consent.consentId === usedConsentId ? 'USED' : 'LAPSED' };
  });
  const fields = { marks: [...others, { tlp, pap, originator, recipients, reason }], consents };
  return [row ? change(id, fields) : create(id, fields)];
}

/** What is marked, under the id of the record or the case: whoever may not see that does not see this. */
export const markingModel = readModel({
  name: 'markings',
  level: 'record',
  knownBy: null,
  handlers: [
    on(CaseMarked, (event, { stream }, current) => marked(subjectIdOf(stream), event, current)),
    on(RecordMarked, (event, _recorded, current) => marked(event.recordId, event, current)),
    on(OriginatorConsentRecorded, ({ markedId, consentedAt, ...facts }, _recorded, current) => [
      change(markedId, {
        consents: [
          ...consentsIn(current(markedId)),
          { ...facts, consentedAt: parseFuzzyTime(consentedAt), status: 'STANDING' },
        ],
      }),
    ]),
  ],
});
