/** Raised whenever the words of a text change: indexes of another version are made anew. */
export const WORDS_VERSION = 1;

/** Text without case and accents (Unicode NFKD, marks dropped, lower case; a final sigma is a sigma). */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');

/** Longer words are told apart by so much of them. */
const LONGEST = 100;

/** The words of a text in order: letters and digits, folded. All engines index exactly these, and split nothing themselves. */
export function wordsOf(text: string): string[] {
  const words = foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join('') : word));
}

/** Stands between the texts of a row, so that no phrase reaches from one into the next. It is no letter, and so in no word. */
const BETWEEN = '\uE000';

/** All words of a row's texts, as they are indexed; empty if it has none. */
export const indexedWords = (texts: readonly string[]): string =>
  texts
    .map((text) => wordsOf(text).join(' '))
    .filter((words) => words !== '')
    .join(` ${BETWEEN} `);
