import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  type LogHead,
  type VerifiedLog,
  verifyLog,
  type VerifyOptions,
} from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { registry } from '#investigation/projections.js';
import { makeExampleLog } from '../builders/example-log.js';

/** A sound log, and the copy of it that is altered and verified. */
class LogToAlter {
  folder!: string;
  file!: string;
  head!: LogHead;
  events!: number;
  sound!: string;
  private copies = 0;

  readonly verify = (options: Partial<VerifyOptions> = {}): Promise<VerifiedLog> =>
    verifyLog(this.file, { registry, ...options });
  /** From now on another copy of the sound log is meant. */
  readonly renew = (): void => {
    this.file = join(this.folder, `${++this.copies}.sqlite`);
    copyFileSync(this.sound, this.file);
  };
  /** Alters the copy that is verified. */
  readonly alter = (change: (db: DatabaseSyncInstance) => void): void => {
    const db = new DatabaseSync(this.file);
    try {
      db.exec('PRAGMA journal_mode = DELETE');
      change(db);
    } finally {
      db.close();
    }
  };
}

/** One log for all tests of a file, each of which begins with a copy that is sound. */
export function logToAlter(): LogToAlter {
  const here = new LogToAlter();
  beforeAll(async () => {
    here.folder = mkdtempSync(join(tmpdir(), 'caseledger-verify-'));
    here.sound = join(here.folder, 'sound.sqlite');
    await makeExampleLog(here.sound);
    here.renew();
    ({ head: here.head, events: here.events } = await here.verify());
  });
  beforeEach(() => here.renew());
  afterAll(() => rmSync(here.folder, { recursive: true }));
  return here;
}
