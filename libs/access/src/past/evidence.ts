import { openEnvelope } from '#event-sourcing/envelope.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';

/** An event of ours that shows something of what held. Its metadata is read only where it is told. */
export class Evidence {
  constructor(private readonly stored: StoredEvent) {}

  get id(): string {
    return this.stored.id;
  }

  get type(): string {
    return this.stored.type;
  }

  /** RFC 3339. */
  get recordedAt(): string {
    return openEnvelope(this.stored, 0).recordedAt;
  }
}
