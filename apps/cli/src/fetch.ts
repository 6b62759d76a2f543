import type { fetch as undicis } from 'undici';

export type { Response } from 'undici';

/** Node 20's own waits for good on a connection that is closed as it comes about. Loaded only once something is asked for. */
export const fetch: typeof undicis = async (...request) => {
  // In a bundle its names are those of this one alone.
  const { default: undici } = await import('undici');
  return undici.fetch(...request);
};
