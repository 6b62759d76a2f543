import { randomUUID } from 'node:crypto';
import { sealEvent, SYSTEM } from '../envelope.js';
import { type NewEvent } from './event-log.js';

/** The stream whose first event gives a log its identity. */
export const SYSTEM_LOG = 'system-log';

/** The first event of every log: `LogCreated` with the log's identity, a fresh UUID. Engines append it, expecting 'none', to an empty log. */
export function logCreated(now: Date, logId: string = randomUUID()): NewEvent {
  return sealEvent(
    {
      id: randomUUID(),
      type: 'LogCreated',
      schemaVersion: 1,
      stream: SYSTEM_LOG,
      revision: 0,
      recordedAt: now.toISOString(),
      actor: SYSTEM,
      commandId: null,
      commandHash: null,
      correlationId: logId,
      causationId: logId,
      previousHash: null,
    },
    { logId },
  );
}
