import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { AuthorityRequestReceived } from '#investigation/authority-requests/record-authority-request.js';
import { CooperationClosed } from '#investigation/cooperations/close-cooperation.js';
import { CooperationOpened } from '#investigation/cooperations/open-cooperation.js';
import { CounselEngagementEnded } from '#investigation/counsel-engagements/end-counsel-engagement.js';
import { CounselEngaged } from '#investigation/counsel-engagements/engage-counsel.js';
import { CountermeasureAcknowledged } from '#investigation/countermeasures/acknowledge-countermeasure.js';
import { CountermeasureApplied } from '#investigation/countermeasures/apply-countermeasure.js';
import { CountermeasureApproved } from '#investigation/countermeasures/approve-countermeasure.js';
import { CountermeasureLifted } from '#investigation/countermeasures/lift-countermeasure.js';
import { CountermeasureProposed } from '#investigation/countermeasures/propose-countermeasure.js';
import { CountermeasureTaken } from '#investigation/countermeasures/record-countermeasure-taken.js';
import { CountermeasureRejected } from '#investigation/countermeasures/reject-countermeasure.js';
import { ReferredToAuthority } from '#investigation/referrals/refer-to-authority.js';
import {
  authorityRequest,
  cooperation,
  counselEngagement,
  countermeasure,
  partner,
  provider,
  referral,
} from './ids.js';
import { source, text } from './values.js';

const occurredAt = 'NOT_STATED';
const measure = {
  ...{ countermeasureId: countermeasure, countermeasureKind: 'ACCOUNT_SUSPENSION' as const },
  ...{ description: text('Accounts suspended.'), source: source(provider) },
  ...{ subjects: [], quantities: [], about: [], occurredAt },
};

export const countermeasureProposed = (over: Partial<CountermeasureProposed> = {}): DecidedEvent =>
  event(CountermeasureProposed, { ...measure, ...over });

export const countermeasureTaken = (over: Partial<CountermeasureTaken> = {}): DecidedEvent =>
  event(CountermeasureTaken, { ...measure, ...over });

export const countermeasureApproved = (): DecidedEvent =>
  event(CountermeasureApproved, { countermeasureId: countermeasure, occurredAt });

export const countermeasureRejected = (): DecidedEvent =>
  event(CountermeasureRejected, { countermeasureId: countermeasure, reason: 'Too broad.', occurredAt });

export const countermeasureApplied = (): DecidedEvent =>
  event(CountermeasureApplied, { countermeasureId: countermeasure, occurredAt });

export const countermeasureLifted = (): DecidedEvent =>
  event(CountermeasureLifted, { countermeasureId: countermeasure, reason: 'A licence was shown.', occurredAt });

export const countermeasureAcknowledged = (byPartyId: string): DecidedEvent =>
  event(CountermeasureAcknowledged, {
    countermeasureId: countermeasure,
    byPartyId,
    acknowledgedAt: 'NOT_STATED',
  });

export const referredToAuthority = (over: Partial<ReferredToAuthority> = {}): DecidedEvent =>
  event(ReferredToAuthority, {
    ...{ referralId: referral, authorityId: partner, description: text('The matter is referred.') },
    ...{ source: source(provider), channel: 'NOT_STATED', about: [], occurredAt },
    ...over,
  });

export const authorityRequestReceived = (over: Partial<AuthorityRequestReceived> = {}): DecidedEvent =>
  event(AuthorityRequestReceived, {
    ...{ authorityRequestId: authorityRequest, requestKind: 'PRESERVATION', authorityId: partner },
    ...{ description: text('Preserve the logs.'), source: source(partner), channel: 'NOT_STATED' },
    ...{ subjects: [], about: [], issuedAt: 'NOT_STATED', occurredAt, dueAt: 'NOT_STATED' },
    ...over,
  });

export const cooperationOpened = (over: Partial<CooperationOpened> = {}): DecidedEvent =>
  event(CooperationOpened, {
    ...{ cooperationId: cooperation, authorities: [partner], description: text('They work closely.') },
    ...{ source: source(provider), about: [], occurredAt },
    ...over,
  });

export const cooperationClosed = (): DecidedEvent =>
  event(CooperationClosed, { cooperationId: cooperation, reason: 'It is done.', occurredAt });

export const counselEngaged = (over: Partial<CounselEngaged> = {}): DecidedEvent =>
  event(CounselEngaged, {
    ...{ counselEngagementId: counselEngagement, counsel: [partner], description: text('To advise on the terms.') },
    ...{ source: source(provider), about: [], occurredAt },
    ...over,
  });

export const counselEngagementEnded = (): DecidedEvent =>
  event(CounselEngagementEnded, { counselEngagementId: counselEngagement, reason: 'It is done.', occurredAt });
