import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ReferralCorrected } from './correct-referral.js';
import { type ReferralFacts } from './referral-fields.js';
import { ReferredToAuthority } from './refer-to-authority.js';

/** All fields of a referral: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({
  byPartyId,
  legalBasis,
  reference,
  occurredAt,
  ...facts
}: Omit<ReferralFacts, 'referralId'>): Row => ({
  ...facts,
  byPartyId: byPartyId ?? null,
  legalBasis: legalBasis ?? null,
  reference: reference ?? null,
  occurredAt: parseFuzzyTime(occurredAt),
});

/** The referrals of a case. */
export const referralModel = readModel({
  name: 'referrals',
  level: 'record',
  handlers: [
    on(ReferredToAuthority, ({ referralId, ...facts }) => [
      create(referralId, { ...fields(facts), status: 'RECORDED' }),
    ]),
    on(ReferralCorrected, ({ referralId, reason, ...facts }) => [
      change(referralId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    onRetracted('referral'),
  ],
});
