import { refuse } from '#event-sourcing/refusal.js';
import { wordsOf } from './words.js';

/** Words that follow each other; the last one may be only the beginning of one. */
export interface Term {
  words: readonly string[];
  isPrefix: boolean;
}

/** So many terms a search can have. */
export const MOST_TERMS = 20;

/** A phrase in quotes or anything up to the next blank, and perhaps a star behind it. */
const TERM = /"([^"]*)"(\*?)|([^\s"]+)/gu;

/**
 * What a search looks for: all of its terms. `"…"` is a phrase, `distil*` a prefix; what is written as one, `e-mail` or `模型`, is
 * a phrase too. Refuses with VALIDATION_FAILED a text without words, and one of too many terms.
 */
export function termsOf(text: string): Term[] {
  const terms = [...text.matchAll(TERM)].flatMap(([, phrase, star, bare]): Term[] => {
    const words = wordsOf(phrase ?? bare);
    return words.length === 0 ? [] : [{ words, isPrefix: phrase === undefined ? bare.endsWith('*') : star === '*' }];
  });
  if (terms.length === 0) wrong('has no words to look for; give some, a prefix (`distil*`) or a phrase (`"…"`)');
  if (terms.length > MOST_TERMS) wrong(`may have ${MOST_TERMS} words and phrases, and has ${terms.length}`);
  return terms;
}

function wrong(message: string): never {
  refuse('VALIDATION_FAILED', `The text ${message}.`, { violations: [{ path: 'text', code: 'SEARCH', message }] });
}

/** Terms as FTS5 is asked for them: words are letters and digits, and need no escape. */
export const asFts = (terms: readonly Term[]): string =>
  terms.map(({ words, isPrefix }) => `"${words.join(' ')}"${isPrefix ? ' *' : ''}`).join(' AND ');

/** Terms as a PostgreSQL text search query on words without places: what may match. */
export const asTsQuery = (terms: readonly Term[]): string =>
  terms
    .flatMap(({ words, isPrefix }) =>
      words.map((word, n) => (isPrefix && n === words.length - 1 ? `'${word}':*` : `'${word}'`)),
    )
    .join(' & ');

/** What the words of a text, with a blank before and behind, must hold for each term. */
export const asParts = (terms: readonly Term[]): string[] =>
  terms.map(({ words, isPrefix }) => ` ${words.join(' ')}${isPrefix ? '' : ' '}`);

/** The same where a term is more than one word. */
export const asPhrases = (terms: readonly Term[]): string[] => asParts(terms.filter(({ words }) => words.length > 1));

/** Whether a text by itself has a term in it: for showing why a row was found. */
export function holdsOne(text: string, terms: readonly Term[]): boolean {
  const words = ` ${wordsOf(text).join(' ')} `;
  return terms.some((term) => words.includes(` ${term.words.join(' ')}${term.isPrefix ? '' : ' '}`));
}
