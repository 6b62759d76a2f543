import { AnswerAuthorityRequest } from '#investigation/authority-requests/answer-authority-request.js';
import { CorrectAuthorityRequest } from '#investigation/authority-requests/correct-authority-request.js';
import { RecordAuthorityRequest } from '#investigation/authority-requests/record-authority-request.js';
import { CloseCooperation } from '#investigation/cooperations/close-cooperation.js';
import { CorrectCooperation } from '#investigation/cooperations/correct-cooperation.js';
import { OpenCooperation } from '#investigation/cooperations/open-cooperation.js';
import { CorrectCounselEngagement } from '#investigation/counsel-engagements/correct-counsel-engagement.js';
import { EndCounselEngagement } from '#investigation/counsel-engagements/end-counsel-engagement.js';
import { EngageCounsel } from '#investigation/counsel-engagements/engage-counsel.js';
import { AcknowledgeCountermeasure } from '#investigation/countermeasures/acknowledge-countermeasure.js';
import { ApplyCountermeasure } from '#investigation/countermeasures/apply-countermeasure.js';
import { ApproveCountermeasure } from '#investigation/countermeasures/approve-countermeasure.js';
import { AtlasMitigation } from '#investigation/countermeasures/atlas-mitigation.js';
import { CorrectCountermeasure } from '#investigation/countermeasures/correct-countermeasure.js';
import { LiftCountermeasure } from '#investigation/countermeasures/lift-countermeasure.js';
import { ProposeCountermeasure } from '#investigation/countermeasures/propose-countermeasure.js';
import { RecordCountermeasureEffect } from '#investigation/countermeasures/record-countermeasure-effect.js';
import { RecordCountermeasureTaken } from '#investigation/countermeasures/record-countermeasure-taken.js';
import { RejectCountermeasure } from '#investigation/countermeasures/reject-countermeasure.js';
import { CorrectReferral } from '#investigation/referrals/correct-referral.js';
import { ReferToAuthority } from '#investigation/referrals/refer-to-authority.js';
import { builder } from './command-builder.js';
import { authorityRequest, cooperation, counselEngagement, countermeasure, partner } from './ids.js';
import { provider, referral, subject } from './ids.js';
import { quantity, source, text } from './values.js';

const remark = text('Within the week.');
const accounts = [quantity({ of: 'ACCOUNTS', exact: 44, asStated: '44 accounts' })];
const measure = {
  countermeasureKind: 'ACCOUNT_SUSPENSION' as const,
  description: text('Accounts suspended.'),
  source: source(provider),
};
const measureMore = {
  mitigation: Object.assign(new AtlasMitigation(), { id: 'AML.M0019', version: '5.6' }),
  subjects: [subject],
  quantities: accounts,
  byPartyId: provider,
  about: [partner],
};
const onMeasure = { countermeasureId: countermeasure };

export const countermeasureCommands = {
  proposeCountermeasure: builder(ProposeCountermeasure, measure, {
    ...measureMore,
    ...{ occurredAt: '2025-03-10', countermeasureId: countermeasure },
  }),
  recordCountermeasureTaken: builder(RecordCountermeasureTaken, measure, {
    ...measureMore,
    ...{ occurredAt: '2025-03-12', countermeasureId: countermeasure },
  }),
  approveCountermeasure: builder(ApproveCountermeasure, onMeasure, {
    ...{ byPartyId: provider, remark, occurredAt: '2025-03-11' },
  }),
  rejectCountermeasure: builder(
    RejectCountermeasure,
    { ...onMeasure, reason: 'Too broad.' },
    { byPartyId: provider, occurredAt: '2025-03-11' },
  ),
  applyCountermeasure: builder(ApplyCountermeasure, onMeasure, {
    ...{ byPartyId: provider, remark, occurredAt: '2025-03-12' },
  }),
  liftCountermeasure: builder(
    LiftCountermeasure,
    { ...onMeasure, reason: 'A licence was shown.' },
    { byPartyId: provider, occurredAt: '2025-03-17' },
  ),
  recordCountermeasureEffect: builder(
    RecordCountermeasureEffect,
    { ...onMeasure, description: text('Requests stopped.'), source: source(provider) },
    { effectKind: 'AS_INTENDED', quantities: accounts, observedAt: '2025-03-13' },
  ),
  acknowledgeCountermeasure: builder(
    AcknowledgeCountermeasure,
    { ...onMeasure, byPartyId: partner },
    { remark, acknowledgedAt: '2025-03-13' },
  ),
  correctCountermeasure: builder(
    CorrectCountermeasure,
    { ...onMeasure, ...measure, description: text('Accounts closed.'), reason: 'They were closed.' },
    {
      ...measureMore,
      ...{ proposedAt: '2025-03-09', approvedAt: '2025-03-10', rejectedAt: '2025-03-11' },
      ...{ appliedAt: '2025-03-12', liftedAt: '2025-03-18' },
    },
  ),
};

const referred = { authorityId: partner, description: text('The matter is referred.'), source: source(provider) };
const referredMore = {
  ...{ byPartyId: provider, legalBasis: text('Section 5.'), reference: 'Ref 12/25', channel: 'PORTAL' as const },
  ...{ about: [subject], occurredAt: '2025-03-20' },
};

export const referralCommands = {
  referToAuthority: builder(ReferToAuthority, referred, { ...referredMore, referralId: referral }),
  correctReferral: builder(
    CorrectReferral,
    { ...referred, referralId: referral, description: text('Part of it is referred.'), reason: 'Not all of it.' },
    referredMore,
  ),
};

const requested = {
  ...{ requestKind: 'PRESERVATION' as const, authorityId: partner },
  ...{ description: text('Preserve the logs.'), source: source(partner) },
};
const requestedMore = {
  ...{ toPartyId: provider, legalBasis: text('Section 2703(f).'), jurisdiction: 'US federal', reference: '25-0117' },
  ...{ channel: 'LETTER' as const, confidential: true, subjects: [subject], about: [provider] },
  ...{ issuedAt: '2025-03-01', occurredAt: '2025-03-03', dueAt: '2025-06-01' },
};
const onRequest = { authorityRequestId: authorityRequest };

export const authorityRequestCommands = {
  recordAuthorityRequest: builder(RecordAuthorityRequest, requested, { ...requestedMore, ...onRequest }),
  answerAuthorityRequest: builder(
    AnswerAuthorityRequest,
    { ...onRequest, answerKind: 'COMPLIED', description: text('They are preserved.') },
    { byPartyId: provider, about: [subject], occurredAt: '2025-03-04' },
  ),
  correctAuthorityRequest: builder(
    CorrectAuthorityRequest,
    { ...onRequest, ...requested, requestKind: 'ORDER', reason: 'It is an order.' },
    requestedMore,
  ),
};

const together = { authorities: [partner], description: text('They work closely.'), source: source(provider) };
const togetherMore = { byPartyId: provider, legalBasis: text('An agreement.'), about: [subject] };
const onCooperation = { cooperationId: cooperation };

export const cooperationCommands = {
  openCooperation: builder(OpenCooperation, together, { ...togetherMore, ...onCooperation, occurredAt: '2025' }),
  closeCooperation: builder(CloseCooperation, { ...onCooperation, reason: 'It is done.' }, { occurredAt: '2025-06' }),
  correctCooperation: builder(
    CorrectCooperation,
    { ...onCooperation, ...together, description: text('They work together.'), reason: 'No more is said.' },
    { ...togetherMore, openedAt: '2025-02', closedAt: '2025-07' },
  ),
};

const engaged = { counsel: [partner], description: text('To advise on the terms.'), source: source(provider) };
const engagedMore = { clientId: provider, jurisdiction: 'US federal', about: [subject] };
const onEngagement = { counselEngagementId: counselEngagement };

export const counselEngagementCommands = {
  engageCounsel: builder(EngageCounsel, engaged, { ...engagedMore, ...onEngagement, occurredAt: '2025-03' }),
  endCounselEngagement: builder(
    EndCounselEngagement,
    { ...onEngagement, reason: 'It is done.' },
    { occurredAt: '2025-06' },
  ),
  correctCounselEngagement: builder(
    CorrectCounselEngagement,
    { ...onEngagement, ...engaged, description: text('To advise.'), reason: 'On more than that.' },
    { ...engagedMore, engagedAt: '2025-02', endedAt: '2025-07' },
  ),
};
