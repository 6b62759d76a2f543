import { randomUUID } from 'node:crypto';
import { sealEvent } from '#event-sourcing/envelope.js';
import { type Class, type DecidedEvent, event } from '#event-sourcing/event.js';
import { sha256 } from '#event-sourcing/hash.js';
import { type EventLog, type NewEvent } from '#event-sourcing/log/event-log.js';
import { checkPayload } from '#event-sourcing/payload-check.js';
import { CaseOpened } from '#investigation/cases/open-case.js';
import { NoteAdded } from '#investigation/notes/add-note.js';
import { NoteAmended } from '#investigation/notes/amend-note.js';
import { SuspiciousActivityObserved } from '#investigation/observations/observe-suspicious-activity.js';
import { PartyAdded } from '#investigation/parties/add-party.js';
import { PartyAmended } from '#investigation/parties/amend-party.js';
import { registry } from '#investigation/projections.js';
import { ACTOR, NOTE_TEXT } from '../sample-events.js';

/** Milliseconds from one event of the history to the next. */
const STEP = 250;
export const HISTORY_BEGINS = Date.UTC(2025, 0, 1);
let clock = HISTORY_BEGINS;

/** A case whose events are made one after the other and stored as the kernel would store them, without deciding them. */
export class ExampleCase {
  readonly id = randomUUID();
  private revision = -1;
  private lastHash: string | null = null;
  private waiting: NewEvent[] = [];
  private readonly parties: string[] = [];
  private readonly notes: string[] = [];

  constructor(private readonly number: number) {}

  get stream(): string {
    return `case-${this.id}`;
  }

  /** Opened, with four parties. */
  open(): this {
    const opened = { number: `CASE-2025-${this.number}`, title: `Example ${this.number}`, kind: 'SUSPICIOUS_ACTIVITY' };
    this.add(CaseOpened, { ...opened, occurredAt: 'NOT_STATED' });
    for (let n = 0; n < 4; n++) {
      const partyId = randomUUID();
      this.parties.push(partyId);
      this.add(PartyAdded, { partyId, partyKind: 'ORGANISATION', name: `Party ${n}`, partyRoles: ['PARTNER'] });
    }
    return this;
  }

  /** Goes on with five events: an observation, two notes, one of them amended, a party amended. */
  goOn(): this {
    const source = { assertedBy: this.parties[0], via: [], grade: 'B2' };
    this.add(SuspiciousActivityObserved, {
      observationId: randomUUID(),
      description: { text: NOTE_TEXT, language: 'en' },
      source,
      subjects: [],
      observedBy: [],
      occurredAt: '2024-09/2024-11',
      observedAt: 'NOT_STATED',
      quantities: [],
    });
    this.note().note();
    this.add(NoteAmended, { noteId: this.notes.at(-1)!, text: { text: `Amended: ${NOTE_TEXT}`, language: 'en' } });
    this.add(PartyAmended, { partyId: this.parties[this.revision % 4], name: `Party, as of ${this.revision}` });
    return this;
  }

  note(): this {
    const noteId = randomUUID();
    this.notes.push(noteId);
    return this.add(NoteAdded, { noteId, text: { text: NOTE_TEXT, language: 'en' }, about: [] });
  }

  /** Stores what was made since the last time; resolves with the number of events. */
  async store(log: EventLog): Promise<number> {
    const events = this.waiting;
    this.waiting = [];
    const expected = this.revision - events.length;
    await log.append(this.stream, events, expected < 0 ? 'none' : expected);
    return events.length;
  }

  private add(eventClass: Class, payload: object): this {
    const decided: DecidedEvent = event(eventClass, payload);
    checkPayload(registry, decided.type, decided.payload);
    const sealed = this.seal(decided);
    this.lastHash = sealed.hash;
    this.waiting.push(sealed);
    return this;
  }

  private seal({ type, version, payload }: DecidedEvent): NewEvent {
    const commandId = randomUUID();
    return sealEvent(
      {
        id: randomUUID(),
        type,
        schemaVersion: version,
        stream: this.stream,
        revision: ++this.revision,
        recordedAt: new Date((clock += STEP)).toISOString(),
        actor: ACTOR,
        commandId,
        commandHash: sha256(commandId),
        correlationId: commandId,
        causationId: commandId,
        previousHash: this.lastHash,
      },
      payload,
    );
  }
}
