import { type Principal } from '#access/principal.js';
import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { type AccessRecorder } from '#access/reads/access-recorder.js';
import { type ReadObserver } from '#read-models/read-observer.js';
import { type ServedEvent } from '#read-models/read-session.js';
import { type Row } from '#read-models/read-model.js';

/** Rows of one answer from which on it is more than anybody looks at. */
const BULK = 1_000;

/** What one operation reads, as far as it is to be recorded: of restricted cases, of records with walls, and very much. */
export class OperationReads implements ReadObserver {
  private rows = 0;

  constructor(
    private readonly principal: Principal,
    private readonly recorder: Pick<AccessRecorder, 'note'>,
  ) {}

  subjects({ length }: readonly Row[], restricted: readonly string[]): void {
    this.rows += length;
    for (const caseId of restricted) this.recorder.note(this.principal, { kind: 'READ', caseId });
  }

  records(count: number, caseId: string | undefined, walled: readonly string[]): void {
    this.rows += count;
    if (caseId) for (const recordId of walled) this.recorder.note(this.principal, { kind: 'READ', caseId, recordId });
  }

  events(events: readonly ServedEvent[]): void {
    this.rows += events.length;
    for (const { guards, stored } of events) {
      if (!guards) continue;
      const caseId = subjectIdOf(stored.stream);
      if (guards.restricted) this.recorder.note(this.principal, { kind: 'READ', caseId });
      for (const recordId of guards.walled) this.recorder.note(this.principal, { kind: 'READ', caseId, recordId });
    }
  }

  followed(what: string): void {
    this.recorder.note(this.principal, { kind: 'FOLLOWED', caseId: null, what });
  }

  /** The answer is complete. */
  answered(): void {
    if (this.rows >= BULK) this.recorder.note(this.principal, { kind: 'BULK', caseId: null, times: this.rows });
    this.rows = 0;
  }
}
