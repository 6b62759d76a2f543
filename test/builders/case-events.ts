import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { AttributionAssessed } from '#investigation/attributions/assess-attribution.js';
import { CaseClosed } from '#investigation/cases/close-case.js';
import { CaseOpened } from '#investigation/cases/open-case.js';
import { CaseReopened } from '#investigation/cases/reopen-case.js';
import { IdentifierRecorded } from '#investigation/identifiers/record-identifier.js';
import { IdentityAssessed } from '#investigation/identities/assess-identity.js';
import { NoteAdded } from '#investigation/notes/add-note.js';
import { NoteRetracted } from '#investigation/notes/retract-note.js';
import { NotificationAcknowledged } from '#investigation/notifications/acknowledge-notification.js';
import { PartnerNotified } from '#investigation/notifications/notify-partner.js';
import { PartnerNotificationReceived } from '#investigation/notifications/receive-partner-notification.js';
import { SuspiciousActivityObserved } from '#investigation/observations/observe-suspicious-activity.js';
import { NotificationWithdrawn } from '#investigation/notifications/withdraw-notification.js';
import { ObservationWithdrawn } from '#investigation/observations/withdraw-observation.js';
import { PartyRelationRecorded } from '#investigation/party-relations/record-party-relation.js';
import { PartyAdded } from '#investigation/parties/add-party.js';
import { TechniqueEstablished } from '#investigation/techniques/establish-technique.js';
import { TechniqueSuspected } from '#investigation/techniques/suspect-technique.js';
import { TosViolationAlleged } from '#investigation/violations/allege-violation.js';
import { TosViolationConfirmed } from '#investigation/violations/confirm-violation.js';
import { TosViolationDismissed } from '#investigation/violations/dismiss-violation.js';
import { TosViolationReinstated } from '#investigation/violations/reinstate-violation.js';
import { TosViolationSubmittedForReview } from '#investigation/violations/submit-violation-for-review.js';
import { TosViolationSuspected } from '#investigation/violations/suspect-violation.js';
import { CaseRestricted } from '#investigation/members/restrict-case.js';
import { MemberAdded } from '#investigation/members/add-member.js';
import { RecordLimited } from '#investigation/limits/limit-record.js';
import { CaseMarked } from '#investigation/marks/mark-case.js';
import { RecordMarked } from '#investigation/marks/mark-record.js';
import { OriginatorConsentRecorded } from '#investigation/marks/record-originator-consent.js';
import { PrivilegeAsserted } from '#investigation/privileges/assert-privilege.js';
import { DisclosureRecorded } from '#investigation/disclosures/record-disclosure.js';
import { FindingRecorded } from '#investigation/findings/record-finding.js';
import { KnowledgeRecorded } from '#investigation/knowledge/record-knowledge.js';
import { RecordsLinked } from '#investigation/links/link-records.js';
import { QuestionClosed } from '#investigation/questions/close-question.js';
import { QuestionRaised } from '#investigation/questions/raise-question.js';
import { RecordRetracted } from '#investigation/retractions/record-retracted.js';
import { CaseAssigned } from '#investigation/assignments/assign-case.js';
import { CaseLeadAssigned } from '#investigation/assignments/assign-lead.js';
import { CasesRelated } from '#investigation/case-relations/relate-cases.js';
import { ExternalReferenceAdded } from '#investigation/references/add-external-reference.js';
import { CaseMergedInto } from '#investigation/merges/merge-case.js';
import { CaseTagged } from '#investigation/triage/tag-case.js';
import { type CaseRight } from '#access/cases/case-access.js';
import {
  OTHER_CASE,
  caseRelation,
  disclosure,
  finding,
  knowledge,
  link,
  note,
  notification,
  observation,
  partner,
  privilege,
  provider,
  reference,
  question,
  subject,
  unknown,
  violation,
} from './ids.js';
import { attribution, identifier, identity, partyRelation, rivalAttribution, technique } from './ids.js';
import { grantee, source, text } from './values.js';

export const caseOpened = (over: Partial<CaseOpened> = {}): DecidedEvent =>
  event(CaseOpened, {
    number: 'CASE-2025-0001',
    title: 'Data pulled out of the API',
    kind: 'SUSPICIOUS_ACTIVITY',
    occurredAt: 'NOT_STATED',
    ...over,
  });

export const memberAdded = (id: string, ...rights: CaseRight[]): DecidedEvent =>
  event(MemberAdded, { grantee: grantee(id), rights: ['READ', ...rights] });

export const caseTagged = (...tags: string[]): DecidedEvent => event(CaseTagged, { tags });

export const casesRelated = (over: Partial<CasesRelated> = {}): DecidedEvent =>
  event(CasesRelated, { caseRelationId: caseRelation, otherCaseId: OTHER_CASE, caseRelationKind: 'PARENT', ...over });

export const caseMerged = (over: Partial<CaseMergedInto> = {}): DecidedEvent =>
  event(CaseMergedInto, { intoCaseId: OTHER_CASE, claim: 0, ...over });

export const referenceAdded = (over: Partial<ExternalReferenceAdded> = {}): DecidedEvent =>
  event(ExternalReferenceAdded, { referenceId: reference, system: 'Jira', externalId: 'SEC-12', claim: 0, ...over });

export const leadAssigned = (lead: string): DecidedEvent => event(CaseLeadAssigned, { lead });

export const caseAssigned = (...assignees: string[]): DecidedEvent => event(CaseAssigned, { assignees });

export const caseRestricted = (): DecidedEvent => event(CaseRestricted, { reason: 'A source asked for it.' });

export const recordLimited = (recordId: string, ...ids: string[]): DecidedEvent =>
  event(RecordLimited, { recordId, named: ids.map((id) => grantee(id)) });

export const privilegeAsserted = (over: Partial<PrivilegeAsserted> = {}): DecidedEvent =>
  event(PrivilegeAsserted, {
    ...{ privilegeId: privilege, recordId: note, privilegeKind: 'LEGAL_ADVICE', basis: 'Advice asked for.' },
    ...{ holder: grantee('ann'), named: [] },
    ...over,
  });

export const caseMarked = (over: Partial<CaseMarked> = {}): DecidedEvent =>
  event(CaseMarked, { tlp: 'AMBER', recipients: [], ...over });

export const recordMarked = (over: Partial<RecordMarked> = {}): DecidedEvent =>
  event(RecordMarked, { recordId: note, tlp: 'AMBER', recipients: [], ...over });

/** Acme's consent to its note's being TLP:GREEN. */
export const consentRecorded = (over: Partial<OriginatorConsentRecorded> = {}): DecidedEvent =>
  event(OriginatorConsentRecorded, {
    ...{ consentId: unknown, markedId: note, tlp: 'GREEN', originator: { organisation: 'acme' }, recipients: [] },
    ...{ consentedBy: 'Mara Lind, CISO', consentedAt: 'NOT_STATED', channel: 'NOT_STATED' },
    ...over,
  });

export const recordRetracted = (recordId: string, recordKind: string): DecidedEvent =>
  event(RecordRetracted, { recordId, recordKind, reason: 'It belongs to another case.' });

export const questionRaised = (over: Partial<QuestionRaised> = {}): DecidedEvent =>
  event(QuestionRaised, { questionId: question, text: text('Who acted?'), about: [], workedOnBy: [], ...over });

export const questionClosed = (): DecidedEvent =>
  event(QuestionClosed, { questionId: question, questionOutcome: 'DROPPED' });

export const findingRecorded = (over: Partial<FindingRecorded> = {}): DecidedEvent =>
  event(FindingRecorded, {
    ...{ findingId: finding, text: text('The partner did not.'), answers: [], support: [], against: [] },
    ...over,
  });

export const recordsLinked = (over: Partial<RecordsLinked> = {}): DecidedEvent =>
  event(RecordsLinked, {
    ...{ linkId: link, fromRecordId: partner, linkKind: 'CORROBORATES', toRecordId: provider },
    ...over,
  });

export const knowledgeRecorded = (over: Partial<KnowledgeRecorded> = {}): DecidedEvent =>
  event(KnowledgeRecorded, {
    ...{ knowledgeId: knowledge, about: [partner], learnedAt: 'NOT_STATED', channel: 'NOT_STATED' },
    ...{ source: source(partner), ...over },
  });

export const disclosureRecorded = (over: Partial<DisclosureRecorded> = {}): DecidedEvent =>
  event(DisclosureRecorded, {
    ...{ disclosureId: disclosure, audience: 'PARTNER', toPartyId: partner },
    ...{ disclosed: [{ recordId: subject, revision: 3 }], channel: 'NOT_STATED', reportedAt: 'NOT_STATED' },
    ...{ acknowledgementDue: 'NOT_STATED', ...over },
  });

export const caseClosed = (over: Partial<CaseClosed> = {}): DecidedEvent =>
  event(CaseClosed, { resolution: 'UNSUBSTANTIATED', occurredAt: 'NOT_STATED', ...over });

export const caseReopened = (): DecidedEvent => event(CaseReopened, { reason: 'More came.', occurredAt: 'NOT_STATED' });

export const partyAdded = (partyId: string, over: Partial<PartyAdded> = {}): DecidedEvent =>
  event(PartyAdded, { partyId, partyKind: 'ORGANISATION', partyRoles: [], ...over });

/** An open case with three parties: revision 0 to 3. */
export const openCase: readonly DecidedEvent[] = [
  caseOpened(),
  partyAdded(partner),
  partyAdded(provider),
  partyAdded(subject),
];

export const closedCase: readonly DecidedEvent[] = [...openCase, caseClosed()];

export const activityObserved = (over: Partial<SuspiciousActivityObserved> = {}): DecidedEvent =>
  event(SuspiciousActivityObserved, {
    observationId: observation,
    description: text('Large amounts of data left through the API.'),
    source: source(partner),
    subjects: [],
    observedBy: [],
    occurredAt: 'NOT_STATED',
    observedAt: 'NOT_STATED',
    quantities: [],
    ...over,
  });

export const notificationWithdrawn = (): DecidedEvent =>
  event(NotificationWithdrawn, { notificationId: notification, reason: 'It was about another case.' });
export const observationWithdrawn = (): DecidedEvent =>
  event(ObservationWithdrawn, { observationId: observation, reason: 'A misreading.' });

export const notificationReceived = (over: Partial<PartnerNotificationReceived> = {}): DecidedEvent =>
  event(PartnerNotificationReceived, {
    notificationId: notification,
    fromPartyId: partner,
    text: text('We saw this.'),
    source: source(partner),
    channel: 'NOT_STATED',
    reportedAt: 'NOT_STATED',
    learnedAt: 'NOT_STATED',
    about: [],
    ...over,
  });

export const partnerNotified = (over: Partial<PartnerNotified> = {}): DecidedEvent =>
  event(PartnerNotified, {
    notificationId: notification,
    toPartyId: partner,
    text: text('We look into it.'),
    channel: 'NOT_STATED',
    reportedAt: 'NOT_STATED',
    about: [],
    ...over,
  });

export const notificationAcknowledged = (): DecidedEvent =>
  event(NotificationAcknowledged, { notificationId: notification, acknowledgedAt: 'NOT_STATED' });

export const violationSuspected = (over: Partial<TosViolationSuspected> = {}): DecidedEvent =>
  event(TosViolationSuspected, {
    violationId: violation,
    description: text('Outputs were used to train a rival model.'),
    source: source(provider),
    provisions: [],
    subjects: [],
    about: [],
    occurredAt: 'NOT_STATED',
    ...over,
  });

export const violationAlleged = (): DecidedEvent =>
  event(TosViolationAlleged, { violationId: violation, grounds: 'The logs show it.' });

export const violationSubmitted = (): DecidedEvent => event(TosViolationSubmittedForReview, { violationId: violation });

export const violationConfirmed = (reviewedRevision = 0): DecidedEvent =>
  event(TosViolationConfirmed, { violationId: violation, findings: 'It took place.', reviewedRevision });

export const violationDismissed = (): DecidedEvent =>
  event(TosViolationDismissed, { violationId: violation, reason: 'Another explanation holds.' });

export const violationReinstated = (): DecidedEvent =>
  event(TosViolationReinstated, { violationId: violation, reason: 'New evidence.' });

/** The way of a violation through an open case: revisions 4, 5, 6, 7. */
export const suspected: readonly DecidedEvent[] = [...openCase, violationSuspected()];
export const alleged: readonly DecidedEvent[] = [...suspected, violationAlleged()];
export const underReview: readonly DecidedEvent[] = [...alleged, violationSubmitted()];
export const confirmed: readonly DecidedEvent[] = [...underReview, violationConfirmed(6)];
export const dismissed: readonly DecidedEvent[] = [...underReview, violationDismissed()];

export const noteAdded = (over: Partial<NoteAdded> = {}): DecidedEvent =>
  event(NoteAdded, { noteId: note, text: text('Ask the partner for dates.'), about: [], ...over });

export const noteRetracted = (): DecidedEvent => event(NoteRetracted, { noteId: note, reason: 'Done.' });

export const partyRelationRecorded = (over: Partial<PartyRelationRecorded> = {}): DecidedEvent =>
  event(PartyRelationRecorded, {
    ...{ partyRelationId: partyRelation, fromPartyId: partner, toPartyId: provider, period: 'NOT_STATED' },
    ...{ partyRelationKind: 'LARGEST_INVESTOR_IN', source: source(partner) },
    ...over,
  });

const assessment = { assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };

export const identityAssessed = (over: Partial<IdentityAssessed> = {}): DecidedEvent =>
  event(IdentityAssessed, { identityId: identity, samePartyIds: [subject, partner], ...assessment, ...over });

export const attributionAssessed = (over: Partial<AttributionAssessed> = {}): DecidedEvent =>
  event(AttributionAssessed, {
    ...{ attributionId: attribution, subjectId: subject, attributionKind: 'LINKED_TO', toPartyId: partner },
    ...{ competesWith: [], ...assessment },
    ...over,
  });

/** What competes with it. */
export const rivalAssessed = (over: Partial<AttributionAssessed> = {}): DecidedEvent =>
  attributionAssessed({ attributionId: rivalAttribution, toPartyId: provider, ...over });

export const techniqueSuspected = (over: Partial<TechniqueSuspected> = {}): DecidedEvent =>
  event(TechniqueSuspected, {
    ...{ techniqueId: technique, framework: 'ATLAS', mitreId: 'AML.T0024.002', frameworkVersion: '5.6' },
    ...{ techniqueName: 'Exfiltration via AI Inference API: Extract AI Model', subjects: [], about: [] },
    ...assessment,
    ...over,
  });

export const techniqueEstablished = (over: Partial<TechniqueEstablished> = {}): DecidedEvent =>
  event(TechniqueEstablished, { techniqueId: technique, ...assessment, ...over });

export const identifierRecorded = (over: Partial<IdentifierRecorded> = {}): DecidedEvent =>
  event(IdentifierRecorded, {
    ...{ identifierId: identifier, subjectId: subject, identifierKind: 'ACCOUNT', identifierValue: 'acct-1' },
    ...{ firstSeenAt: 'NOT_STATED', lastSeenAt: 'NOT_STATED', source: source(partner) },
    ...over,
  });
