import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';

/**
 * Everything in DATA_DIR that cannot be rebuilt: exactly what `caseledger backup` takes and `restore` puts back. Whoever
 * adds a file that nothing else can make again adds it here. All else there (read models, `lock`) is made anew.
 */
export const KEPT = {
  /** The log: copied as a database, at one moment. */
  log: LOG_FILE,
  /** Small files, copied whole where they are there. */
  files: ['admin.key', 'cursor.key', 'identifier.key'],
} as const;
