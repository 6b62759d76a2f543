/** Rebuilding is about six times faster per event than following: beyond this part of the log it is sooner done. */
const FAR_BEHIND = 1 / 6;

/** Whether a store that stands there is rebuilt beside: it lags by more events than `rebuildBeyond`, and by more than a sixth of the log. */
export const isFarBehind = (sequence: number, head: number, rebuildBeyond: number): boolean =>
  head - sequence > Math.max(rebuildBeyond, head * FAR_BEHIND);
