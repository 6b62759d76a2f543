import { type Type } from '@nestjs/common';
import { type MutationParts } from '#api/mutation.js';
import { serveEvents } from '#api/recorded-event.js';
import { capabilities } from './capabilities.js';
import { CaseRelation } from './case-relations/case-relation.js';
import { OtherCase, RelatedCases } from './case-relations/related-cases.js';
import { CaseChanges } from './cases/case-changes.js';
import { CaseHistory } from './cases/case-history.js';
import { CaseList } from './cases/case-list.js';
import { caseMutations } from './cases/case-mutations.js';
import { CaseQueries } from './cases/case-queries.js';
import { caseRecords } from './cases/case-records.js';
import { eventClasses } from './event-classes.js';
import { CaseMarks, EventMarks, recordMarks } from './marks/mark-fields.js';
import { MergeFields } from './merges/merge-fields.js';
import { toldClasses } from './members/told.js';
import { CaseRecord } from './record.js';
import { WhoCouldSeeQuery } from './who-could-see/who-could-see-query.js';

serveEvents([...eventClasses, ...toldClasses]);

/** A mutation for each command. */
export const investigationMutations: readonly MutationParts[] = caseMutations;

/** Queries, and what is nested in their answers. */
export const investigationResolvers: readonly Type[] = [
  CaseQueries,
  CaseList,
  CaseHistory,
  CaseChanges,
  WhoCouldSeeQuery,
  MergeFields,
  RelatedCases,
  OtherCase,
  CaseMarks,
  EventMarks,
  ...capabilities.flatMap(({ records, readModel }) =>
    records && readModel ? [caseRecords({ ...records, readModel })] : [],
  ),
  ...capabilities.flatMap(({ records }) => (records && isRecord(records.type) ? [recordMarks(records.type)] : [])),
  recordMarks(CaseRelation),
];

/** Records have marks; what is told of them, such as their limits, has those of its record. */
function isRecord(type: Type<object>): type is Type<CaseRecord> {
  return type.prototype instanceof CaseRecord;
}
