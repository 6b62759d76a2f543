import { describedEnum } from '../values/described-enum.js';

export const TermsKind = describedEnum('TermsKind', 'What sort of terms a document holds.', {
  TERMS_OF_USE: 'Terms of use, or of service.',
  USAGE_POLICY: 'A policy on what is allowed, as a part of other terms.',
  LICENCE: 'A licence to a product.',
  AGREEMENT: 'An agreement with one party, or with few.',
  PRIVACY_NOTICE: 'A notice or policy on personal data.',
  OTHER: 'Another sort than these.',
});
export type TermsKind = keyof typeof TermsKind;

export const ClauseKind = describedEnum('ClauseKind', 'What a clause does.', {
  ACCESS_RESTRICTION: 'It restricts who may have access, from where, or by what means.',
  USE_RESTRICTION: 'It restricts what may be done: to train a rival model with outputs, for one.',
  RATE_RESTRICTION: 'It restricts how much may be used.',
  LICENCE_GRANT: 'It grants a licence.',
  MONITORING: 'It says what is watched or logged.',
  SANCTION: 'It says what follows a breach.',
  OTHER: 'It does something else.',
});
export type ClauseKind = keyof typeof ClauseKind;
