import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { create, on, readModel } from '#read-models/read-model.js';
import { textColumn } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { ExternalReferenceAdded } from './add-external-reference.js';
import { externalKey, type ExternalId } from './external-id.js';

/** What cases are called in other systems. */
export const referenceModel = readModel({
  name: 'references',
  level: 'record',
  columns: {
    externalKey: { type: 'text', of: (row) => externalKey(row as unknown as ExternalId) },
    status: textColumn('status'),
  },
  indexes: [['externalKey']],
  handlers: [
    on(ExternalReferenceAdded, ({ referenceId, system, externalId, url }, { stream }) => [
      create(referenceId, { caseId: subjectIdOf(stream), system, externalId, url: url ?? null, status: 'RECORDED' }),
    ]),
    onRetracted('reference'),
  ],
});
