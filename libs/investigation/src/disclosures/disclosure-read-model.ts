import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { acknowledgedBy } from '../acknowledged.js';
import { textColumn } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { DisclosureAcknowledged } from './acknowledge-disclosure.js';
import { DisclosureCorrected } from './correct-disclosure.js';
import { type DisclosureFacts } from './disclosure-fields.js';
import { DisclosureRecorded } from './record-disclosure.js';

/** Not yet acknowledged. */
const PENDING: Row = { acknowledgedAt: null, byPartyId: null, remark: null };

/** All fields: what an event does not give is cleared, as a correction replaces it whole. */
const fields = (facts: DisclosureFacts): Row => ({
  ...{ audience: facts.audience, toPartyId: facts.toPartyId ?? null, fromPartyId: facts.fromPartyId ?? null },
  ...{ disclosed: facts.disclosed, underRecordId: facts.underRecordId ?? null, agreement: facts.agreement ?? null },
  ...{ disclosedTlp: facts.disclosedTlp ?? null, disclosedPap: facts.disclosedPap ?? null, channel: facts.channel },
  ...{ reportedAt: parseFuzzyTime(facts.reportedAt), acknowledgementDue: parseFuzzyTime(facts.acknowledgementDue) },
  description: facts.description ?? null,
});

/** What was disclosed of a case, to whom. */
export const disclosureModel = readModel({
  name: 'disclosures',
  level: 'record',
  columns: { toPartyId: textColumn('toPartyId') },
  handlers: [
    on(DisclosureRecorded, (event) => [
      create(event.disclosureId, { ...fields(event), ...PENDING, status: 'RECORDED' }),
    ]),
    on(DisclosureCorrected, (event, _recorded, current) => {
      const before = current(event.disclosureId)!;
      const by = before.acknowledgedAt ? acknowledgedBy(before, event, before.byPartyId as string | null) : undefined;
      const acknowledged = by === undefined ? PENDING : { byPartyId: by };
      return [change(event.disclosureId, { ...fields(event), ...acknowledged, status: 'CORRECTED' })];
    }),
    on(DisclosureAcknowledged, ({ disclosureId, byPartyId, acknowledgedAt, remark }) => [
      change(disclosureId, {
        ...{ acknowledgedAt: parseFuzzyTime(acknowledgedAt), byPartyId: byPartyId ?? null, remark: remark ?? null },
      }),
    ]),
    onRetracted('disclosure'),
  ],
});
