import { type DestinationStream } from 'pino';
import { KeyRing } from '#access/keys/key-ring.js';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { registry } from '#investigation/projections.js';
import { checkRecordedHead } from '#read-models/keeping/recorded-head.js';
import { type ReadModels } from '#read-models/read-models.js';
import { BadConfig, type Config } from './config.js';
import { keepKeyUses } from './key-uses.js';
import { DiskSpace } from './disk-space.js';
import { type Instruments } from './instruments.js';
import { openLog, type ServerLog } from './open-log.js';
import { openReadEngine } from './open-read-engine.js';
import { rolesOf } from './roles.js';

/** What every process runs on, whatever its roles. */
export interface CoreServices {
  log: ServerLog;
  logId: string;
  disk: DiskSpace;
  keys: KeyRing;
  readModels: ReadModels;
  /** Resolves when the read models are followed; rejects where they cannot be. To be awaited before anybody is served. */
  begun: Promise<void>;
}

/** What whoever starts the server may say beside the settings. */
export interface StartOptions {
  /** A log that is older than the read models is taken as it is, and they are built anew. */
  acceptOlderLog?: boolean;
  /** Where the lines for operators go instead of to standard error. */
  linesTo?: DestinationStream;
}

/** What is open, to be closed in the reverse order. */
export class Closing {
  private readonly open: (() => unknown)[] = [];

  push(close: () => unknown): void {
    this.open.push(close);
  }

  /** Closes all of it; rejects afterwards with what the first one said that could not be closed. */
  async close(): Promise<void> {
    const failed: unknown[] = [];
    for (let next = this.open.pop(); next; next = this.open.pop()) {
      try {
        await next();
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  }

  /** Closes all of it after a failure, and rejects with that: what could not be closed besides would hide it. */
  async closeAfter(failure: unknown): Promise<never> {
    await this.close().catch(() => undefined);
    throw failure;
  }
}

/**
 * Opens lock, log, keys and read models, in this order; rejects with the first sentence that says why not. What it has opened
 * is in `closing`, also then.
 */
export async function openCore(
  config: Config,
  { logger }: Pick<Instruments, 'logger'>,
  onFatal: (error: unknown) => void,
  { acceptOlderLog = false }: StartOptions,
  closing: Closing,
): Promise<CoreServices> {
  const builds = rolesOf(config).has('projections');
  if (acceptOlderLog && !builds) {
    throw new BadConfig('--accept-older-log is for a server whose ROLES hold projections; ROLES is "api".');
  }
  const folder = config.DATA_DIR;
  closing.push(lockFolder(folder));
  const disk = await DiskSpace.watch(folder, config.DISK_FLOOR_MB);
  closing.push(() => disk.close());
  const log = await openLog(config, onFatal);
  closing.push(() => log.close());
  const logId = await log.identity();
  const warn = (message: string): void => logger.warn(message);
  const engine = await openReadEngine(config, log, warn);
  await checkRecordedHead(engine.stores, log, { accept: acceptOlderLog, builds, warn });
  const keys = await KeyRing.open(log, registry, onFatal);
  closing.push(() => keys.close());
  closing.push(keepKeyUses(folder, keys));
  const { readModels, begun } = await engine.begin();
  closing.push(() => readModels.close());
  return { log, logId, disk, keys, readModels, begun };
}
