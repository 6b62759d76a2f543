import { AccessPolicy } from '#access/access-policy.js';
import { KeyRing } from '#access/keys/key-ring.js';
import { Cursors } from '#api/cursors.js';
import { type Services } from '#api/request-context.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { openSqliteLog, type SqliteEventLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { projections, registry } from '#investigation/projections.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { type Config } from './config.js';
import { secretIn } from './secret-file.js';
import { DiskSpace } from './disk-space.js';
import { type Instruments } from './instruments.js';
import { ServedLog } from './served-log.js';
import { software } from './software.js';

/** Everything the server runs on, opened on a data folder that it owns until closed. */
export interface OpenServices extends Services {
  log: SqliteEventLog;
  disk: DiskSpace;
  commands: CommandHandler;
  logId: string;
  close(): Promise<void>;
}

/** Opens lock, log, read models and keys, in this order; rejects with the first sentence that says why not. */
export async function openServices(
  config: Config,
  { logger, metrics, observer }: Instruments,
  onFatal: (error: unknown) => void,
): Promise<OpenServices> {
  const closing: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (let next = closing.pop(); next; next = closing.pop()) await next();
  };
  try {
    const folder = config.DATA_DIR;
    closing.push(lockFolder(folder));
    const disk = await DiskSpace.watch(folder, config.DISK_FLOOR_MB);
    closing.push(() => disk.close());
    const log = await openSqliteLog({ folder, onFatal });
    closing.push(() => log.close());
    const logId = await log.identity();
    const policy = new AccessPolicy();
    const keys = await KeyRing.open(log, registry, onFatal);
    closing.push(() => keys.close());
    const readModels = await openSqliteReadModels({
      folder,
      log,
      logHandle: () => log.readerHandle(),
      projections: new URL(import.meta.resolve('#investigation/projections.js')),
      group: projections,
      registry,
      readWaitMs: config.READ_WAIT_MS,
      warn: (message) => logger.warn(message),
    });
    closing.push(() => readModels.close());
    const served = new ServedLog(log, disk, metrics);
    const commands = new CommandHandler({ log: served, logId, registry, authorise: policy.authorise });
    const cursors = new Cursors(logId, secretIn(folder, 'cursor.key'));
    const readWaitMs = config.READ_WAIT_MS;
    return {
      ...{ log, disk, policy, keys, readModels, commands, cursors, logId, software, readWaitMs, observer },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
