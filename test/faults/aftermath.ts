import { missing, readLog } from '../crash/check-log.js';
import { readModelsDiffer } from '../crash/check-read-models.js';
import { type Life } from '../crash/life.js';

/**
 * After a fault: nothing acknowledged is missing from the log; a new start takes again what had no answer, and its read
 * models are those of the log. Ends the server if it still runs.
 */
export async function nothingIsLost(life: Life): Promise<void> {
  await (life.server as typeof life.server | undefined)?.stop();
  expect(missing(await readLog(life.folder), life.journal)).toEqual([]);
  await life.start({ DISK_FLOOR_MB: '0' });
  await life.sendAgain();
  expect(life.journal.unacknowledged).toEqual([]);
  await life.readModelsCurrent();
  expect(await life.server.stop()).toMatchObject({ code: 0, errors: '' });
  expect(missing(await readLog(life.folder), life.journal)).toEqual([]);
  expect(await readModelsDiffer(life.folder)).toBeNull();
}
