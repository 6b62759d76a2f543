import { WORDS_VERSION } from '../search/words.js';

/**
 * The words of a store's rows, in tables of their own: they are no part of what is followed and rebuilt. Software that parts texts
 * into other words may run beside this one on the same store, and has others.
 */
export const WORDS_TABLE = `search_words_${WORDS_VERSION}`;
/** How far they are. */
export const PROGRESS_TABLE = `search_progress_${WORDS_VERSION}`;
