import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { create, on, readModel } from '#read-models/read-model.js';
import { textColumn } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { CasesRelated } from './relate-cases.js';

/** The relations of cases, each in the case that says it; found from both. */
export const caseRelationModel = readModel({
  name: 'caseRelations',
  level: 'record',
  columns: { caseId: textColumn('caseId'), otherCaseId: textColumn('otherCaseId') },
  indexes: [['caseId'], ['otherCaseId']],
  tellsOf: 'otherCaseId',
  handlers: [
    on(CasesRelated, ({ caseRelationId, otherCaseId, caseRelationKind, reason }, { stream }) => [
      create(caseRelationId, {
        caseId: subjectIdOf(stream),
        otherCaseId,
        caseRelationKind,
        reason: reason ?? null,
        status: 'RECORDED',
      }),
    ]),
    onRetracted('caseRelation'),
  ],
});
