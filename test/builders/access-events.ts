import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { CaseRestricted } from '#investigation/members/restrict-case.js';
import { MemberAdded } from '#investigation/members/add-member.js';
import { RecordLimited } from '#investigation/limits/limit-record.js';
import { CaseMarked } from '#investigation/marks/mark-case.js';
import { RecordMarked } from '#investigation/marks/mark-record.js';
import { OriginatorConsentRecorded } from '#investigation/marks/record-originator-consent.js';
import { PrivilegeAsserted } from '#investigation/privileges/assert-privilege.js';
import { type CaseRight } from '#access/cases/case-access.js';
import { note, privilege, unknown } from './ids.js';
import { grantee } from './values.js';

export const memberAdded = (id: string, ...rights: CaseRight[]): DecidedEvent =>
  event(MemberAdded, { grantee: grantee(id), rights: ['READ', ...rights] });

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
