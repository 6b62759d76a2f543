import { type Checkpoint } from '#event-sourcing/log/event-log.js';
import { type ReadModelsStatus } from '../read-models.js';

/** Whether what is followed shows all that was shown at a checkpoint, and as much as this software can of what came after. */
export const hasCaughtUp = (
  { state, sequence, failure }: ReadModelsStatus,
  shown: Pick<Checkpoint, 'sequence'>,
): boolean => (state === 'live' || failure?.code === 'NEWER_SOFTWARE_NEEDED') && sequence >= shown.sequence;
