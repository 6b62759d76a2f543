type Told = object & { toPartyId?: string | null };

/**
 * Whether an acknowledgement stands when it is corrected whom something was told to: what one party acknowledged, another did not. It
 * does where nobody in particular was said to have been told, and where it names the one that is.
 */
export function staysAcknowledged(before: Told, now: Told, by: string | null | undefined): boolean {
  const [toldBefore, told] = [before.toPartyId ?? null, now.toPartyId ?? null];
  return toldBefore === null || told === toldBefore || (told !== null && told === by);
}
