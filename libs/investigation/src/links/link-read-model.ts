import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { textColumn } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { LinkCorrected } from './correct-link.js';
import { type LinkFacts } from './link-fields.js';
import { RecordsLinked } from './link-records.js';

/** All fields of a link: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ fromRecordId, linkKind, toRecordId, assessedBy, remark }: LinkFacts): Row => ({
  ...{ fromRecordId, linkKind, toRecordId },
  ...{ assessedBy: assessedBy ?? null, remark: remark ?? null },
});

/** The links between records of a case: whoever may not see one of the two does not see the link. */
export const linkModel = readModel({
  name: 'links',
  level: 'record',
  columns: { fromRecordId: textColumn('fromRecordId'), toRecordId: textColumn('toRecordId') },
  partOf: ['fromRecordId', 'toRecordId'],
  handlers: [
    on(RecordsLinked, (event) => [create(event.linkId, { ...fields(event), status: 'RECORDED' })]),
    on(LinkCorrected, (event) => [change(event.linkId, { ...fields(event), status: 'CORRECTED' })]),
    onRetracted('link'),
  ],
});
