import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessPolicy } from '#access/access-policy.js';
import { KeyRing } from '#access/keys/key-ring.js';
import { Cursors } from '#api/cursors.js';
import { type Services } from '#api/request-context.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { packageRoot } from '#event-sourcing/package-root.js';
import { projections, registry } from '#investigation/projections.js';
import { openSqliteReadModels } from '#read-models/sqlite/sqlite-read-models.js';
import { type Config } from './config.js';
import { secretIn } from './secret-file.js';

/** Everything the server runs on, opened on a data folder that it owns until closed. */
export interface OpenServices extends Services {
  commands: CommandHandler;
  logId: string;
  close(): Promise<void>;
}

/** Opens lock, log, read models and keys, in this order; rejects with the first sentence that says why not. */
export async function openServices(config: Config, onFatal: (error: unknown) => void): Promise<OpenServices> {
  const closing: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (let next = closing.pop(); next; next = closing.pop()) await next();
  };
  try {
    const folder = config.DATA_DIR;
    closing.push(lockFolder(folder));
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
    });
    closing.push(() => readModels.close());
    const commands = new CommandHandler({ log, logId, registry, authorise: policy.authorise });
    const cursors = new Cursors(logId, secretIn(folder, 'cursor.key'));
    return { policy, keys, readModels, commands, cursors, logId, software, readWaitMs: config.READ_WAIT_MS, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const { name, version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
};

/** Name and version of this software, as answers carry it. */
export const software = `${name} ${version}`;
