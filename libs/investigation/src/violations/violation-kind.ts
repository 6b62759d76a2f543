import { describedEnum } from '../values/described-enum.js';

export const ViolationKind = describedEnum('ViolationKind', 'What sort of breach of terms it is.', {
  BREACH_OF_TERMS: 'What the terms forbid was done, or what they demand was not.',
  CIRCUMVENTION: 'Restrictions on access or use were got round, or were sought to be.',
});
export type ViolationKind = keyof typeof ViolationKind;
