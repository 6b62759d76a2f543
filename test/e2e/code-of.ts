import { type Answer } from './api.js';

/** The code of the first error of an answer; undefined if it has none. */
export const codeOf = ({ errors }: Pick<Answer, 'errors'>): string | undefined => errors?.[0]?.extensions.code;
