type Told = object & { toPartyId?: string | null };

/**
 * Who acknowledged something (null: that is not said), after it is corrected whom it was told to; undefined: it no longer is
 * acknowledged, as another party was told, and not the one that did so (`by`, or where that was not said, the one that was told).
 * What one party acknowledged, another did not. Where nobody in particular is told any more, the one that was is who did so.
 */
export function acknowledgedBy(before: Told, now: Told, by: string | null | undefined): string | null | undefined {
  const [toldBefore, told] = [before.toPartyId ?? null, now.toPartyId ?? null];
  const who = by ?? toldBefore;
  if (told === null) return who;
  return told === toldBefore || who === null || told === who ? (by ?? null) : undefined;
}
