import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type AssignmentState } from '../assignments/assignment-state.js';
import { type AttributionsState } from '../attributions/attribution-state.js';
import { type IdentifiersState } from '../identifiers/identifier-state.js';
import { type IdentitiesState } from '../identities/identity-state.js';
import { type AccessState } from '../members/access-state.js';
import { type CaseRelationsState } from '../case-relations/case-relation-state.js';
import { type MergeState } from '../merges/merge-state.js';
import { type DisclosuresState } from '../disclosures/disclosure-state.js';
import { type ExhibitsState } from '../exhibits/exhibit-state.js';
import { type FindingsState } from '../findings/finding-state.js';
import { type KnowledgeState } from '../knowledge/knowledge-state.js';
import { type LinksState } from '../links/link-state.js';
import { type NotesState } from '../notes/note-state.js';
import { type NotificationsState } from '../notifications/notification-state.js';
import { type ObservationsState } from '../observations/observation-state.js';
import { type PartiesState } from '../parties/party-state.js';
import { type PartyRelationsState } from '../party-relations/party-relation-state.js';
import { type PrivilegesState } from '../privileges/privilege-state.js';
import { type QuestionsState } from '../questions/question-state.js';
import { type ReferencesState } from '../references/reference-state.js';
import { type TriageState } from '../triage/triage-state.js';
import { type TechniquesState } from '../techniques/technique-state.js';
import { type ViolationsState } from '../violations/violation-state.js';
import { type WithRecords } from '../known-records.js';
import { type Text } from '../values/text.js';
import { type AuthorityRequestsState } from '../authority-requests/authority-request-state.js';
import { type ClaimsState } from '../claims/claim-state.js';
import { type CooperationsState } from '../cooperations/cooperation-state.js';
import { type CounselEngagementsState } from '../counsel-engagements/counsel-engagement-state.js';
import { type CountermeasuresState } from '../countermeasures/countermeasure-state.js';
import { type ImpactsState } from '../impacts/impact-state.js';
import { type ProductsState } from '../products/product-state.js';
import { type ReferralsState } from '../referrals/referral-state.js';
import { type ReportsState } from '../reports/report-state.js';
import { type StatementsState } from '../statements/statement-state.js';
import { type CaseKind, type CaseStatus } from './case-enums.js';

/** A case folded from its stream: what decisions need, no more. */
export interface CaseState
  extends
    AccessState,
    TriageState,
    MergeState,
    AssignmentState,
    PartiesState,
    PartyRelationsState,
    IdentifiersState,
    IdentitiesState,
    AttributionsState,
    TechniquesState,
    ExhibitsState,
    ObservationsState,
    NotificationsState,
    ViolationsState,
    NotesState,
    PrivilegesState,
    QuestionsState,
    FindingsState,
    LinksState,
    KnowledgeState,
    DisclosuresState,
    CaseRelationsState,
    ReferencesState,
    AuthorityRequestsState,
    ClaimsState,
    CooperationsState,
    CounselEngagementsState,
    CountermeasuresState,
    ImpactsState,
    ProductsState,
    ReferralsState,
    ReportsState,
    StatementsState,
    WithRecords {
  status: CaseStatus;
  /** Since when it stands open or closed, as stated. */
  since: string;
  title: string;
  caseKind: CaseKind;
  description: Text | undefined;
}

/** Refuses with CASE_CLOSED unless the case is open. */
export function requireOpen(state: Frozen<Pick<CaseState, 'status'>>): void {
  if (state.status === 'CLOSED') refuse('CASE_CLOSED', 'The case is closed; reopen it first (reopenCase).');
}
