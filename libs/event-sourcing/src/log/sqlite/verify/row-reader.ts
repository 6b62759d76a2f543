import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { sqliteCodeOf } from '../sqlite-error.js';
import { type StoredRow } from './stored-row.js';

/** A row with a value that the driver cannot hand out. */
export interface Unreadable {
  sequence: number;
  why: string;
}

/** A row as it is read first: with its stream's key, and how long its texts are in the file; the short ones together. */
type TextRow = [...StoredRow, payloadBytes: number | null, metadataBytes: number | null, others: number | null];

const OWN = 'e.sequence, e.revision, e.id, e.type, e.schema_version, e.command_id, e.command_hash, e.hash';
/** Of columns that are texts, or absent. */
const OTHERS = ['id', 'type', 'command_id', 'command_hash', 'hash'];
const LENGTHS = OTHERS.map((column) => `coalesce(octet_length(e.${column}), 0)`).join(' + ');
const AS_TEXT = `${OWN}, e.payload, e.metadata, e.stream_id, octet_length(e.payload), octet_length(e.metadata), ${LENGTHS}`;
const AS_BYTES = `${OWN}, CAST(e.payload AS BLOB), CAST(e.metadata AS BLOB), e.stream_id`;
const FROM = 'FROM events e WHERE e.sequence > ? AND e.sequence <= ? ORDER BY e.sequence LIMIT ?';
/** Names of streams that are remembered. */
const STREAMS = 20_000;

/** Reads the rows of a log exactly as they are stored. */
export class RowReader {
  private readonly asText: StatementSyncInstance;
  private readonly asBytes: StatementSyncInstance;
  private readonly nameOf: StatementSyncInstance;
  private readonly names = new Map<unknown, string | null>();

  constructor(private readonly db: DatabaseSyncInstance) {
    const rows = (columns: string): StatementSyncInstance => {
      const statement = db.prepare(`SELECT ${columns} ${FROM}`);
      statement.setReturnArrays(true);
      return statement;
    };
    this.asText = rows(AS_TEXT);
    this.asBytes = rows(AS_BYTES);
    this.nameOf = db.prepare('SELECT name, octet_length(name) AS bytes FROM streams WHERE id = ?');
  }

  /** Throws what SQLite throws when the file cannot be read. */
  page(after: number, to: number, limit: number): (StoredRow | Unreadable)[] {
    let rows: TextRow[];
    try {
      rows = this.asText.all(after, to, limit) as TextRow[];
    } catch (error) {
      // A value that the driver cannot hand out spoils its whole page: then each is read by itself.
      if (sqliteCodeOf(error) !== 0) throw error;
      return this.oneByOne(after, to, limit);
    }
    return rows.map((row) => {
      const [sequence, , id, type, , commandId, commandHash, hash, payload, metadata, , ...lengths] = row;
      const [payloadBytes, metadataBytes, others] = lengths;
      if (bytesOf([id, type, commandId, commandHash, hash]) !== others) return { sequence, why: GOES_ON };
      if (!isExact(payload, payloadBytes) || !isExact(metadata, metadataBytes)) return this.bytes(sequence);
      return this.named(row.slice(0, -3) as unknown as StoredRow);
    });
  }

  private oneByOne(after: number, to: number, limit: number): (StoredRow | Unreadable)[] {
    const places = this.db
      .prepare('SELECT sequence FROM events WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?')
      .all(after, to, limit) as { sequence: number }[];
    return places.map(({ sequence }) => this.bytes(sequence));
  }

  private bytes(sequence: number): StoredRow | Unreadable {
    try {
      return this.named(this.asBytes.get(sequence - 1, sequence, 1) as StoredRow);
    } catch (error) {
      if (sqliteCodeOf(error) !== 0) throw error;
      return { sequence, why: (error as Error).message };
    }
  }

  /** The row with its stream's name where its key stands. */
  private named(row: StoredRow): StoredRow {
    const key: unknown = row[10];
    let name = this.names.get(key);
    if (name === undefined) {
      if (this.names.size >= STREAMS) this.names.clear();
      const found = this.nameOf.get(key) as { name: string; bytes: number } | undefined;
      // One that goes on behind a zero byte is another one.
      name = !found ? null : bytesOf([found.name]) === found.bytes ? found.name : `${found.name}\0`;
      this.names.set(key, name);
    }
    row[10] = name;
    return row;
  }
}

const GOES_ON = 'a text is longer than what can be read of it';

const bytesOf = (texts: readonly unknown[]): number =>
  texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);

/** Whether a text that was read says exactly the bytes that are stored. */
const isExact = (text: unknown, bytes: number | null): boolean =>
  typeof text === 'string' && !text.includes('\uFFFD') && Buffer.byteLength(text) === bytes;
