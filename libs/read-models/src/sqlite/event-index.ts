import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { type FoldedEvent, type StreamPlace } from '../fold.js';
import { headTable, OPEN, VERSIONS_PER_EVENT } from '../versions.js';
import { type ProjectionGroup } from '../read-model.js';
import { quoted } from './schema.js';

/** Streams whose key and last event are remembered; the others are looked up when they are written to. */
const REMEMBERED = 20_000;

/** Writes the event index and the head of each subject, event by event. */
export class EventIndex {
  private readonly streams = new Map<string, StreamPlace>();
  private readonly findStream: StatementSyncInstance;
  private readonly findLast: StatementSyncInstance;
  private readonly addStream: StatementSyncInstance;
  private readonly addEvent: StatementSyncInstance;
  private readonly addHead: StatementSyncInstance;
  private readonly closeHead: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance, group: ProjectionGroup) {
    const head = quoted(headTable(group));
    this.findStream = db.prepare('SELECT key FROM streams WHERE name = ?');
    this.findLast = db.prepare('SELECT max(sequence) AS last FROM events WHERE subject_key = ?');
    this.addStream = db.prepare('INSERT INTO streams (key, name) VALUES (?, ?)');
    this.addEvent = db.prepare(
      `INSERT INTO events (sequence, position, id, stream_key, subject_key, revision, record_ids, type, recorded_at, log_time, actor_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.addHead = db.prepare(`INSERT INTO ${head} (v, valid_to, key, revision) VALUES (?, ${OPEN}, ?, ?)`);
    this.closeHead = db.prepare(`UPDATE ${head} SET valid_to = ? WHERE v = ?`);
  }

  stream(name: string): StreamPlace | undefined {
    const known = this.streams.get(name);
    if (known) return known;
    const found = this.findStream.get(name) as { key: number } | undefined;
    if (!found) return undefined;
    const { last } = this.findLast.get(found.key) as { last: number | null };
    return this.remember(name, { key: found.key, head: last && last * VERSIONS_PER_EVENT });
  }

  add({ stream, isNewStream, event, head }: FoldedEvent): void {
    if (isNewStream) this.addStream.run(event.streamKey, stream);
    this.addEvent.run(
      event.sequence,
      event.position,
      event.id,
      event.streamKey,
      event.subjectKey,
      event.revision,
      event.recordIds,
      event.type,
      event.recordedAt,
      event.logTime,
      event.actorId,
    );
    if (head) {
      if (head.replaces !== null) this.closeHead.run(head.v, head.replaces);
      this.addHead.run(head.v, event.streamKey, event.revision);
    }
    this.remember(stream, { key: event.streamKey, head: head?.v ?? null });
  }

  /** After a rollback what is remembered may never have been. */
  forget(): void {
    this.streams.clear();
  }

  /** Taken out and put back, so that the one forgotten first is the one not written to for longest. */
  private remember(name: string, place: StreamPlace): StreamPlace {
    this.streams.delete(name);
    if (this.streams.size >= REMEMBERED) this.streams.delete(this.streams.keys().next().value!);
    this.streams.set(name, place);
    return place;
  }
}
