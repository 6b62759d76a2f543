import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { CaseClosed } from '#investigation/cases/close-case.js';
import { CaseOpened } from '#investigation/cases/open-case.js';
import { CaseReopened } from '#investigation/cases/reopen-case.js';
import { IdentifierRecorded } from '#investigation/identifiers/record-identifier.js';
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
import { RecordRetracted } from '#investigation/retractions/record-retracted.js';
import { CaseAssigned } from '#investigation/assignments/assign-case.js';
import { CaseLeadAssigned } from '#investigation/assignments/assign-lead.js';
import { CasesRelated } from '#investigation/case-relations/relate-cases.js';
import { ExternalReferenceAdded } from '#investigation/references/add-external-reference.js';
import { CaseMergedInto } from '#investigation/merges/merge-case.js';
import { CaseTagged } from '#investigation/triage/tag-case.js';
import {
  OTHER_CASE,
  caseRelation,
  note,
  notification,
  observation,
  partner,
  provider,
  reference,
  subject,
  identifier,
  partyRelation,
} from './ids.js';
import { source, text } from './values.js';

export const caseOpened = (over: Partial<CaseOpened> = {}): DecidedEvent =>
  event(CaseOpened, {
    number: 'CASE-2025-0001',
    title: 'Data pulled out of the API',
    kind: 'SUSPICIOUS_ACTIVITY',
    occurredAt: 'NOT_STATED',
    ...over,
  });

export const caseTagged = (...tags: string[]): DecidedEvent => event(CaseTagged, { tags });

export const casesRelated = (over: Partial<CasesRelated> = {}): DecidedEvent =>
  event(CasesRelated, { caseRelationId: caseRelation, otherCaseId: OTHER_CASE, caseRelationKind: 'PARENT', ...over });

export const caseMerged = (over: Partial<CaseMergedInto> = {}): DecidedEvent =>
  event(CaseMergedInto, { intoCaseId: OTHER_CASE, claim: 0, ...over });

export const referenceAdded = (over: Partial<ExternalReferenceAdded> = {}): DecidedEvent =>
  event(ExternalReferenceAdded, { referenceId: reference, system: 'Jira', externalId: 'SEC-12', claim: 0, ...over });

export const leadAssigned = (lead: string): DecidedEvent => event(CaseLeadAssigned, { lead });

export const caseAssigned = (...assignees: string[]): DecidedEvent => event(CaseAssigned, { assignees });

export const recordRetracted = (recordId: string, recordKind: string): DecidedEvent =>
  event(RecordRetracted, { recordId, recordKind, reason: 'It belongs to another case.' });

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

export const noteAdded = (over: Partial<NoteAdded> = {}): DecidedEvent =>
  event(NoteAdded, { noteId: note, text: text('Ask the partner for dates.'), about: [], ...over });

export const noteRetracted = (): DecidedEvent => event(NoteRetracted, { noteId: note, reason: 'Done.' });

export const partyRelationRecorded = (over: Partial<PartyRelationRecorded> = {}): DecidedEvent =>
  event(PartyRelationRecorded, {
    ...{ partyRelationId: partyRelation, fromPartyId: partner, toPartyId: provider, period: 'NOT_STATED' },
    ...{ partyRelationKind: 'LARGEST_INVESTOR_IN', source: source(partner) },
    ...over,
  });

export const identifierRecorded = (over: Partial<IdentifierRecorded> = {}): DecidedEvent =>
  event(IdentifierRecorded, {
    ...{ identifierId: identifier, subjectId: subject, identifierKind: 'ACCOUNT', identifierValue: 'acct-1' },
    ...{ firstSeenAt: 'NOT_STATED', lastSeenAt: 'NOT_STATED', source: source(partner) },
    ...over,
  });
