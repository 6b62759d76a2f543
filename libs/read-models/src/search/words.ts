/** Raised whenever the words of a text, or what is one, change: indexes of another version are made anew. */
export const WORDS_VERSION = 3;

/** Text without case and accents (Unicode NFKD, marks dropped, lower case; a final sigma is a sigma). */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ς', 'σ');

/** Soft hyphens and joiners: not shown, they stand within words, often where a text was copied from a page. */
const WITHIN_WORDS = /\u00AD|\u200C|\u200D|\u2060|\uFEFF/gu;

/** Scripts that set no blanks between words: each of their characters is a word, and whatever is written in one a phrase. */
const UNPARTED = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmr}\\p{scx=Mymr}';
const WORD = new RegExp(`(?=[\\p{L}\\p{N}])[${UNPARTED}]|(?:(?![${UNPARTED}])[\\p{L}\\p{N}])+`, 'gu');

/** Longer words are told apart by so much of them. */
const LONGEST = 100;

/** The words of a text in order: letters and digits, folded; of scripts without blanks each character. All engines index exactly these, and split nothing themselves. */
export function wordsOf(text: string): string[] {
  const words = foldText(text.replaceAll(WITHIN_WORDS, '')).match(WORD) ?? [];
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
