import { WORDS_VERSION } from '../search/words.js';

/**
 * The words of a store's rows, in tables of their own: they are no part of what is followed and rebuilt. Software that parts texts
 * into other words may run beside this one on the same store, and has others.
 */
export const WORDS_TABLE = `search_words_${WORDS_VERSION}`;
/** How far they are. */
export const PROGRESS_TABLE = `search_progress_${WORDS_VERSION}`;

/** Beyond 1 MiB of words a `tsvector` loses some, without an error: a row that may have so many is told by its words alone. */
export const MOST_BYTES = 1_000_000;
/** Stands for the words of such a row. It is no letter, and so in no word. */
export const MANY_WORDS = '\uE001';
