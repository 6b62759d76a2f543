import { type Type } from '@nestjs/common';
import { type MutationParts } from '#api/mutation.js';
import { serveEvents } from '#api/recorded-event.js';
import { assessmentViews } from './assessments/assessment-views.js';
import { attributionModel } from './attributions/attribution-read-model.js';
import { Attribution } from './attributions/attribution.js';
import { CompetingAttributions } from './attributions/competing.js';
import { capabilities } from './capabilities.js';
import { CaseRelation } from './case-relations/case-relation.js';
import { OtherCase, RelatedCases } from './case-relations/related-cases.js';
import { CaseChanges } from './cases/case-changes.js';
import { CaseHistory } from './cases/case-history.js';
import { CaseList } from './cases/case-list.js';
import { caseMutations } from './cases/case-mutations.js';
import { CaseQueries } from './cases/case-queries.js';
import { caseRecords } from './cases/case-records.js';
import { DisclosureLedger } from './disclosures/disclosure-ledger.js';
import { eventClasses } from './event-classes.js';
import { DeconflictionQuery } from './identifiers/deconfliction-query.js';
import { IdentifierElsewhereField } from './identifiers/elsewhere.js';
import { identityModel } from './identities/identity-read-model.js';
import { Identity } from './identities/identity.js';
import { CaseMarks, EventMarks, recordMarks } from './marks/mark-fields.js';
import { MergeFields } from './merges/merge-fields.js';
import { toldClasses } from './members/told.js';
import { isRecord } from './record-kinds.js';
import { CaseOrigins } from './origins/case-origins.js';
import { CaseTimeline } from './timeline/case-timeline.js';
import { SearchQuery } from './search/search-query.js';
import { CatalogueQuery } from './technique-catalogue/catalogue-query.js';
import { loadTechniquesMutation } from './technique-catalogue/load-techniques-mutation.js';
import { techniqueModel } from './techniques/technique-read-model.js';
import { Technique } from './techniques/technique.js';
import { termsMutations } from './terms/terms-mutations.js';
import { TermsQueries } from './terms/terms-queries.js';
import { WhoCouldSeeQuery } from './who-could-see/who-could-see-query.js';

serveEvents([...eventClasses, ...toldClasses]);

/** A mutation for each command. */
export const investigationMutations: readonly MutationParts[] = [
  ...caseMutations,
  ...termsMutations,
  loadTechniquesMutation,
];

/** Those that can be imported: credentials for cases may send them all. */
export const importedMutations: readonly MutationParts[] = [...caseMutations, ...termsMutations];

/** Queries, and what is nested in their answers. */
export const investigationResolvers: readonly Type[] = [
  CaseQueries,
  SearchQuery,
  CaseList,
  CaseHistory,
  CaseChanges,
  WhoCouldSeeQuery,
  MergeFields,
  RelatedCases,
  OtherCase,
  CatalogueQuery,
  DeconflictionQuery,
  TermsQueries,
  CaseMarks,
  EventMarks,
  CaseTimeline,
  CaseOrigins,
  DisclosureLedger,
  ...capabilities.flatMap(({ records, readModel }) =>
    records && readModel ? [caseRecords({ ...records, readModel })] : [],
  ),
  CompetingAttributions,
  IdentifierElsewhereField,
  assessmentViews(Identity, identityModel),
  assessmentViews(Attribution, attributionModel),
  assessmentViews(Technique, techniqueModel),
  ...capabilities.flatMap(({ records }) => (records && isRecord(records.type) ? [recordMarks(records.type)] : [])),
  recordMarks(CaseRelation),
];
