import { InvalidScalar } from '#api/invalid-scalar.js';

/**
 * A text that is no fuzzy time, or an impossible one. The message continues a sentence that begins with the field's
 * name ("must be …"), says what is allowed and never echoes the text.
 */
export class FuzzyTimeError extends InvalidScalar {
  override readonly name = 'FuzzyTimeError';

  /** @param code WRONG_TYPE if the text has no form of a time, OUT_OF_RANGE if it has but there is no such time */
  constructor(message: string, code: 'WRONG_TYPE' | 'OUT_OF_RANGE' = 'OUT_OF_RANGE') {
    super(message, code);
  }
}
