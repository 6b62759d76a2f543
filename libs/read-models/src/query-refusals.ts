import { Refusal } from '#event-sourcing/refusal.js';

/** To whoever reads as the process ends. */
export const closing = (): Refusal => new Refusal('UNAVAILABLE', 'The read models are being closed; ask again later.');

/** To whoever reads where too many others wait, or has waited too long; `why` is a sentence without its end. */
export const overloaded = (why: string): Refusal =>
  new Refusal('OVERLOADED', `${why}; try again, and send fewer at once.`);

/** To whoever reads longer than the limit, in milliseconds. */
export const tooLong = (limitMs: number): Refusal =>
  new Refusal(
    'LIMIT_EXCEEDED',
    `The query took longer than ${limitMs / 1000} s and was ended; narrow the filter, or ask for the default order.`,
    { allowed: limitMs },
  );
