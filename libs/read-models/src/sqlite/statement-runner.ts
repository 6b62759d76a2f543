import { type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { IN_TIME } from './names.js';
import { openStoreForReading } from './store-file.js';

/** Prepared statements that are kept; as many as are compiled. */
const MOST = 500;

/** Runs statements on a connection of its own, each in one moment of the store. */
export class StatementRunner {
  /** A field: the driver closes a connection that only its statements refer to. */
  readonly db: DatabaseSyncInstance;
  private readonly prepared = new Map<string, StatementSyncInstance>();

  /** `inTime` is called every now and then by statements that may run long; what it throws ends them. Throws `ReadStoreCannotOpen`. */
  constructor(file: string, inTime?: () => void) {
    this.db = openStoreForReading(file);
    if (!inTime) return;
    this.db.function(IN_TIME, () => {
      inTime();
      return 1;
    });
  }

  /** A statement's one row; see `Statement`. */
  run(sql: string, parameters: readonly unknown[]): [sequence: number, rows: string | null] {
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      if (this.prepared.size >= MOST) this.prepared.delete(this.prepared.keys().next().value!);
      this.prepared.set(sql, statement);
    }
    return statement.get(...parameters) as [number, string | null];
  }

  close(): void {
    this.prepared.clear();
    this.db.close();
  }
}
