import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type FoldPlace } from '../fold.js';

/** An event that a build stopped before. */
export interface RefusedEvent {
  sequence: number;
  eventId: string;
  message: string;
}

/** As whoever builds is told it. */
export const eventsMade = ({ sequence: events, position, until: of }: Checkpoint & { until: number }) => ({
  events,
  position,
  of,
});

/** From a thread of a build to whoever builds; the last one of each is `folded` and `written`, or `failed`. */
export type FromBuild =
  | { folding: Checkpoint & { until: number } }
  | { indexing: { done: number; of: number } }
  | { folded: { place: FoldPlace; refused: RefusedEvent | null } }
  | { written: true }
  /** `isPassing`: it can succeed when it is begun again. */
  | { failed: string; isPassing?: boolean };
