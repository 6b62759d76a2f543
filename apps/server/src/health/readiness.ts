import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type DiskSpace } from '../disk-space.js';
import { lagBehind } from '#read-models/lag.js';

export interface ReadinessParts {
  log: EventLogReader & { readonly isWritable: boolean };
  readModels: Pick<ReadModels, 'status'>;
  disk: Pick<DiskSpace, 'isLow'>;
  /** How long an event may wait for the read models, in seconds. */
  longestLag: number;
}

/**
 * `ready`; or, in one word, why not: `disk` (less free space than the floor), `log` (it takes nothing), `failed` or `paused`
 * (the read models stand still), `behind` (they show too old a moment).
 */
export type Readiness = 'ready' | 'disk' | 'log' | 'failed' | 'paused' | 'behind';

/** Whether everything can be used: written and read. */
export async function readiness({ log, readModels, disk, longestLag }: ReadinessParts): Promise<Readiness> {
  if (disk.isLow) return 'disk';
  if (!log.isWritable) return 'log';
  const { state, sequence, position } = readModels.status();
  if (state === 'failed' || state === 'paused') return state;
  try {
    const { seconds } = await lagBehind(log, { sequence, position });
    return seconds > longestLag ? 'behind' : 'ready';
  } catch (error) {
    // A log on another machine that is away.
    if (error instanceof LogUnavailable) return 'log';
    throw error;
  }
}
