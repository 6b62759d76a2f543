import { describedEnum } from '../values/described-enum.js';

export const CountermeasureKind = describedEnum('CountermeasureKind', 'What sort of countermeasure something is.', {
  ACCOUNT_SUSPENSION: 'Accounts are suspended or closed.',
  KEY_REVOCATION: 'Keys or tokens are revoked.',
  RATE_LIMIT: 'The number of requests is limited.',
  ACCESS_CONTROL: 'Access is made to depend on more: identity, place, agreement.',
  OUTPUT_OBFUSCATION: 'Outputs are altered or shortened, so that less can be learned from them.',
  TELEMETRY: 'More is logged or watched.',
  LEGAL_NOTICE: 'A legal notice is served: to cease, to preserve.',
  OTHER: 'Another sort than these.',
  NOT_STATED: 'The source does not say.',
});
export type CountermeasureKind = keyof typeof CountermeasureKind;
