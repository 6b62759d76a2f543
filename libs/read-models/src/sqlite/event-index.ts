import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { headTable, OPEN, VERSIONS_PER_EVENT } from '../queries/builder.js';
import { type ProjectionGroup } from '../read-model.js';
import { type Subject } from './model-writer.js';
import { quoted } from './schema.js';

/** Streams whose key and last event are remembered; the others are looked up when they are written to. */
const REMEMBERED = 20_000;

interface Stream {
  key: number;
  /** Null for a stream that is no subject's. */
  subject: Subject | null;
  /** The `v` of the head's current version; null before the first event. */
  head: number | null;
}

/** Writes the event index and the head of each subject. */
export class EventIndex {
  private readonly category: string;
  private readonly streams = new Map<string, Stream>();
  private readonly findStream: StatementSyncInstance;
  private readonly findLast: StatementSyncInstance;
  private readonly addStream: StatementSyncInstance;
  private readonly addEvent: StatementSyncInstance;
  private readonly addHead: StatementSyncInstance;
  private readonly closeHead: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance, group: ProjectionGroup) {
    this.category = `${group.category}-`;
    const head = quoted(headTable(group));
    this.findStream = db.prepare('SELECT key FROM streams WHERE name = ?');
    this.findLast = db.prepare('SELECT max(sequence) AS last FROM events WHERE subject_key = ?');
    this.addStream = db.prepare('INSERT INTO streams (key, name) VALUES (?, ?)');
    this.addEvent = db.prepare(
      `INSERT INTO events (sequence, position, id, stream_key, subject_key, revision, record_id, type, recorded_at, log_time, actor_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.addHead = db.prepare(`INSERT INTO ${head} (v, valid_to, key, revision) VALUES (?, ${OPEN}, ?, ?)`);
    this.closeHead = db.prepare(`UPDATE ${head} SET valid_to = ? WHERE v = ?`);
  }

  /** The subject whose stream this event stands in; null if it stands in another. The stream is entered if it is new. */
  subjectOf({ stream: name, sequence }: RecordedEnvelope): Subject | null {
    return this.stream(name, sequence).subject;
  }

  add(event: RecordedEnvelope, position: string, recordedAt: number, logTime: number, recordId: string | null): void {
    const { sequence, revision } = event;
    const stream = this.stream(event.stream, sequence);
    this.addEvent.run(
      sequence,
      position,
      event.id,
      stream.key,
      stream.subject?.key ?? null,
      revision,
      recordId,
      event.type,
      recordedAt,
      logTime,
      event.actor.id,
    );
    if (!stream.subject) return;
    const v = sequence * VERSIONS_PER_EVENT;
    if (stream.head !== null) this.closeHead.run(v, stream.head);
    this.addHead.run(v, stream.key, revision);
    stream.head = v;
  }

  /** After a rollback what is remembered may never have been. */
  forget(): void {
    this.streams.clear();
  }

  private stream(name: string, sequence: number): Stream {
    const known = this.streams.get(name);
    // Taken out and put back, so that the one forgotten first is the one not written to for longest.
    if (known) this.streams.delete(name);
    else if (this.streams.size >= REMEMBERED) this.streams.delete(this.streams.keys().next().value!);
    const stream = known ?? this.stored(name) ?? this.entered(name, sequence);
    this.streams.set(name, stream);
    return stream;
  }

  private stored(name: string): Stream | undefined {
    const found = this.findStream.get(name) as { key: number } | undefined;
    if (!found) return undefined;
    const stream = this.streamOf(name, found.key);
    if (!stream.subject) return stream;
    const { last } = this.findLast.get(found.key) as { last: number | null };
    return { ...stream, head: last && last * VERSIONS_PER_EVENT };
  }

  private entered(name: string, sequence: number): Stream {
    const stream = this.streamOf(name, sequence * VERSIONS_PER_EVENT);
    this.addStream.run(stream.key, name);
    return stream;
  }

  private streamOf(name: string, key: number): Stream {
    const subject = name.startsWith(this.category) ? { key, id: name.slice(this.category.length) } : null;
    return { key, subject, head: null };
  }
}
