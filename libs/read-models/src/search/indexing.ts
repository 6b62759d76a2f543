import { Refusal } from '#event-sourcing/refusal.js';

/** While the index of a store's texts is made; events of how many. */
export const indexing = (progress?: { indexed: number; of: number }): Refusal =>
  new Refusal(
    'UNAVAILABLE',
    `The index of texts is being made${progress ? ` (${progress.indexed} of ${progress.of} events)` : ''}; search again in a moment.`,
  );
