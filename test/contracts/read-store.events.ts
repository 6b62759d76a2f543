import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type Actor, openEnvelope, sealEvent } from '#event-sourcing/envelope.js';
import { type EventLog, type NewEvent } from '#event-sourcing/log/event-log.js';
import { person } from '../builders/actors.js';

/** What a test lets happen. */
export interface Happening {
  stream: string;
  type: string;
  payload: Record<string, unknown>;
}

/** What happened, as the test itself remembers it. */
export interface Happened extends Happening {
  id: string;
  sequence: number;
  revision: number;
  recordedAt: string;
  /** Milliseconds: the running maximum of the recorded times. */
  logTime: number;
  actor: Pick<Actor, 'id' | 'name' | 'kind'>;
}

export const BEGINNING = Date.parse('2025-01-01T00:00:00.000Z');
const ANN = { id: 'ann', name: 'Ann Archer', kind: 'PERSON' } as const;
const BOB = { id: 'bob', name: 'Bob Baker', kind: 'PERSON' } as const;

/** Records into a log and remembers everything; the log's own first event included. */
export class Recorder {
  readonly events: Happened[] = [];
  private readonly revisions = new Map<string, number>();
  private time = BEGINNING;

  private constructor(private readonly log: EventLog) {}

  static async of(log: EventLog): Promise<Recorder> {
    const recorder = new Recorder(log);
    for await (const page of log.readAll()) {
      for (const stored of page) {
        const { actor, ...recorded } = openEnvelope(stored);
        const { id, name, kind } = actor;
        const payload = JSON.parse(stored.payload) as Record<string, unknown>;
        recorder.remember({ ...stored, payload }, { ...recorded, actor: { id, name, kind } });
      }
    }
    return recorder;
  }

  get head(): number {
    return this.events.at(-1)!.sequence;
  }

  /** Lets a clock run: back as well, as that of another process may. */
  wait(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** What happens to one stream after the other becomes one append for each stretch. */
  async record(...happenings: Happening[]): Promise<Happened[]> {
    const first = this.events.length;
    for (let from = 0, to = 1; from < happenings.length; from = to++) {
      const { stream } = happenings[from];
      while (happenings[to]?.stream === stream) to++;
      await this.append(stream, happenings.slice(from, to));
    }
    return this.events.slice(first);
  }

  private async append(stream: string, happenings: Happening[]): Promise<void> {
    const last = this.revisions.get(stream) ?? -1;
    const recordedAt = new Date(this.time).toISOString();
    const actor = this.events.length % 3 === 0 ? BOB : ANN;
    const sealed = happenings.map((one, n) => seal(one, last + 1 + n, recordedAt, actor));
    const { events } = await this.log.append(stream, sealed, last < 0 ? 'none' : last);
    events.forEach(({ id, revision, sequence }, n) =>
      this.remember(happenings[n], { id, revision, sequence: sequence ?? this.events.length + 1, recordedAt, actor }),
    );
    this.time += 1_000;
  }

  private remember(happening: Happening, recorded: Omit<Happened, keyof Happening | 'logTime'>): void {
    const { stream, type, payload } = happening;
    const { id, sequence, revision, recordedAt, actor } = recorded;
    const logTime = Math.max(this.events.at(-1)?.logTime ?? 0, Date.parse(recordedAt));
    this.events.push({ stream, type, payload, id, sequence, revision, recordedAt, actor, logTime });
    this.revisions.set(stream, revision);
  }
}

function seal(
  { stream, type, payload }: Happening,
  revision: number,
  recordedAt: string,
  actor: Happened['actor'],
): NewEvent {
  const id = randomUUID();
  const nobody = { commandId: null, commandHash: null, previousHash: null };
  return sealEvent(
    {
      ...nobody,
      ...{ id, type, schemaVersion: 1, stream, revision, recordedAt, correlationId: id, causationId: id },
      actor: person(actor.id, actor.name, 'k1'),
    },
    payload,
  );
}

export const caseStream = (id: string): string => `case-${id}`;

export const opened = (id: string, title = 'untitled', rank: number | null = null, urgent: boolean | null = null) => ({
  stream: caseStream(id),
  type: 'CaseOpened',
  payload: { title, ...(rank !== null && { rank }), ...(urgent !== null && { urgent }) },
});
export const happening = (id: string, type: string, payload: Record<string, unknown> = {}): Happening => ({
  stream: caseStream(id),
  type,
  payload,
});
export const noteAdded = (id: string, noteId: string, text = 'a note', signed = false) =>
  happening(id, 'NoteAdded', { noteId, text, signed });

const title = fc.constantFrom('a', 'b', 'B', 'ä', 'a b', '', 'z');
const rank = fc.option(fc.integer({ min: -2, max: 2 }));
const urgent = fc.option(fc.boolean());
const some = { case: fc.nat(3), note: fc.nat(5), other: fc.nat(5), clock: fc.constantFrom(0, 0, 0, 5_000, -3_000) };
const step = fc.oneof(
  fc.record({ ...some, type: fc.constant('CaseRenamed' as const), title: fc.option(title), rank, urgent }),
  fc.record({
    ...some,
    type: fc.constantFrom('CaseMentioned', 'NoteAdded', 'NoteAmended', 'NotesMerged', 'NoteBound'),
    text: fc.string({ unit: 'grapheme' }),
    signed: fc.boolean(),
  }),
);

/** What happens to a few new cases and their notes, in any order that makes sense. */
export const randomHistory: fc.Arbitrary<{ happenings: Happening[]; clock: number[]; cases: string[] }> = fc
  .record({
    openings: fc.array(fc.tuple(title, rank, urgent), { minLength: 1, maxLength: 4 }),
    steps: fc.array(step, { maxLength: 25 }),
  })
  .map(({ openings, steps }) => {
    const cases = openings.map(() => randomUUID() as string);
    const notes = cases.map(() => new Map<number, string>());
    const happenings: Happening[] = openings.map(([...facts], n) => opened(cases[n], ...facts));
    for (const one of steps) {
      const n = one.case % cases.length;
      const known = notes[n];
      const noteId = known.get(one.note);
      const otherId = known.get(one.other);
      const { type } = one;
      if (type === 'CaseRenamed') {
        const { case: _, note, other, clock, type: __, ...given } = one;
        const reason = note > other ? `after ${clock}` : undefined;
        happenings.push(happening(cases[n], type, { ...withoutNull(given), ...(reason && { reason }) }));
      } else if (type === 'CaseMentioned') happenings.push(happening(cases[n], type));
      else if (type === 'NotesMerged') {
        if (noteId && otherId && noteId !== otherId) happenings.push(happening(cases[n], type, { noteId, otherId }));
      } else if (type === 'NoteBound') {
        if (noteId && otherId) happenings.push(happening(cases[n], type, { noteId, of: [otherId] }));
      } else if (noteId) happenings.push(happening(cases[n], 'NoteAmended', { noteId, text: one.text }));
      else {
        known.set(one.note, randomUUID());
        happenings.push(noteAdded(cases[n], known.get(one.note)!, one.text, one.signed));
      }
    }
    return { happenings, clock: steps.map(({ clock }) => clock), cases };
  });

const withoutNull = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
