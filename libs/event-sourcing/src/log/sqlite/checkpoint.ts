import { type Checkpoint, START } from '../event-log.js';

/** In this engine the position is the sequence. */
export const checkpointAt = (sequence: number): Checkpoint =>
  sequence === 0 ? START : { sequence, position: String(sequence) };
