import { runProjector } from '../projecting/run-projector.js';
import { Projection } from './projection.js';
import { faultsOf, isPassing } from './store-error.js';
import { openStoreForWriting } from './store-file.js';

/** The thread of a projector whose read store is a file. */
runProjector((file: string, group, registry, logId) => {
  const db = openStoreForWriting(file, group, logId);
  return {
    projection: new Projection(db, group, registry),
    faults: faultsOf(file),
    close() {
      try {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk: what is written stands in the write-ahead log, and is taken from there at the next start.
      }
      db.close();
    },
  };
}, isPassing);
