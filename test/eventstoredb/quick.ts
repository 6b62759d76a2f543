/** Times for tests of faults: as in use, but not as long. */
export const QUICK = {
  appendTimeoutMs: 300,
  readTimeoutMs: 800,
  giveUpAfterMs: 15_000,
  retryAfterMs: 20,
  watchMs: 600,
};
