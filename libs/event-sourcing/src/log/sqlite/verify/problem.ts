/**
 * What is wrong: `ALTERED` (an event is not what was stored), `OUT_OF_ORDER` (it stands where another should, or should not
 * be there at all), `MISSING` (events are gone).
 */
export type ProblemKind = 'ALTERED' | 'OUT_OF_ORDER' | 'MISSING';

/** Something wrong with one event, or just before it. */
export interface Problem {
  kind: ProblemKind;
  /** The event's place in the log; of what is missing, the first place without its event. */
  sequence: number;
  /** Null where there is no event, or where it cannot be read. */
  event: { id: string; type: string; stream: string; revision: number } | null;
  /** A sentence. */
  what: string;
}

/** The first in log order; of one place the one that was found first. */
export const earliest = (problems: readonly Problem[]): Problem | null =>
  problems.reduce<Problem | null>((first, next) => (first && first.sequence <= next.sequence ? first : next), null);
