import { describedEnum } from '../values/described-enum.js';

export const LossKind = describedEnum('LossKind', 'The variety of a loss (VERIS 1.3, `impact.loss.variety`).', {
  ASSET_AND_FRAUD: 'Asset and fraud.',
  BRAND_DAMAGE: 'Brand damage.',
  BUSINESS_DISRUPTION: 'Business disruption.',
  COMPETITIVE_ADVANTAGE: 'Competitive advantage.',
  LEGAL_AND_REGULATORY: 'Legal and regulatory.',
  OPERATING_COSTS: 'Operating costs.',
  RESPONSE_AND_RECOVERY: 'Response and recovery.',
  OTHER: 'Other.',
  NOT_STATED: 'Not stated: no value of VERIS.',
});
export type LossKind = keyof typeof LossKind;
