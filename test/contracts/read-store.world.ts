import { type Row } from '#read-models/read-model.js';
import { type Happened } from './read-store.events.js';

interface Standing {
  row: Row;
  /** `[sequence, nth change of the event]` of the last change. */
  changed: [number, number];
}

export interface CaseStanding extends Standing {
  notes: Map<string, Standing>;
}

/**
 * All cases as they stood after an event, folded from the first event on without any of the code under test.
 * `CaseStanding.changed` is the case's last event.
 */
export function worldAt(events: readonly Happened[], sequence: number): Map<string, CaseStanding> {
  const cases = new Map<string, CaseStanding>();
  for (const event of events) {
    if (event.sequence > sequence) break;
    if (!event.stream.startsWith('case-')) continue;
    const id = event.stream.slice('case-'.length);
    if (event.type === 'CaseOpened') {
      const row = { rank: undefined, urgent: undefined, ...event.payload, earlier: [], ...recording(id, event) };
      cases.set(id, { row, changed: [0, 0], notes: new Map() });
    }
    const standing = cases.get(id);
    if (!standing) continue;
    standing.changed = [event.sequence, 0];
    standing.row = { ...standing.row, revision: event.revision };
    change(standing, event);
  }
  return cases;
}

const recording = (id: string, { revision, recordedAt, actor }: Happened): Row => ({
  id,
  revision,
  recordedAt,
  recordedBy: { ...actor },
});

function change(standing: CaseStanding, event: Happened): void {
  const { type, payload, revision, sequence } = event;
  const { notes } = standing;
  const { noteId, otherId, text } = payload as Record<string, string>;
  const set = (id: string, nth: number, fields: Row) =>
    notes.set(id, { row: { ...notes.get(id)?.row, ...fields, revision }, changed: [sequence, nth] });
  if (type === 'CaseRenamed') {
    const { reason: _, ...given } = payload;
    const { earlier, title } = standing.row as { earlier: string[]; title: string };
    standing.row = { ...standing.row, ...given, ...(given.title ? { earlier: [...earlier, title] } : {}) };
  } else if (type === 'NoteAdded') {
    set(noteId, 0, { text, status: 'RECORDED', ...recording(noteId, event) });
    if (payload.signed) set(noteId, 1, { status: 'SIGNED' });
  } else if (type === 'NoteAmended') set(noteId, 0, { text, status: 'AMENDED' });
  else if (type === 'NotesMerged') {
    set(noteId, 0, {
      text: `${notes.get(noteId)!.row.text as string} ${notes.get(otherId)!.row.text as string}`,
      status: 'AMENDED',
    });
    set(otherId, 1, { text: '', status: 'MERGED', into: noteId });
  }
}

/** Rows in the default order of lists: the last changed first. */
export const byLastChange = <S extends Standing>(standings: Iterable<S>): S[] =>
  [...standings].sort((a, b) => b.changed[0] - a.changed[0] || b.changed[1] - a.changed[1]);

/** As JSON leaves it: without undefined members. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
