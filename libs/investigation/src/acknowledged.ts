type Told = object & { toPartyId?: string | null };

/**
 * Whether an acknowledgement stands when it is corrected whom something was told to: unless that is another party now, and not the
 * one that acknowledged it (`by`, or where that was not said, the one that was told). What one party acknowledged, another did not.
 */
export function staysAcknowledged(before: Told, now: Told, by: string | null | undefined): boolean {
  const [toldBefore, told] = [before.toPartyId ?? null, now.toPartyId ?? null];
  const who = by ?? toldBefore;
  return told === null || told === toldBefore || who === null || told === who;
}
