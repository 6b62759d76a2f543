/** How long a claim holds that nothing came of, in milliseconds: its command ended halfway, or is still under way. */
export const CLAIM_HOLDS = 60_000;

/** Whether a claim that nothing came of holds no longer. */
export const isOver = ({ at }: { at: string }, now: string): boolean => Date.parse(now) - Date.parse(at) >= CLAIM_HOLDS;
