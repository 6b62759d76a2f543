/** A text that is no fuzzy time, or an impossible one. The message says what was wrong and what is allowed. */
export class FuzzyTimeError extends Error {
  override readonly name = 'FuzzyTimeError';

  /** @param problem what is wrong with `text` (null: it is not even a text), and what to write instead */
  constructor(text: string | null, problem: string) {
    super(text === null ? problem : `${JSON.stringify(text)}: ${problem}`);
  }
}
