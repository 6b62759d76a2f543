import { Authenticator } from '#access/authenticator.js';
import { AccessPolicy } from '#access/access-policy.js';
import { GroupDirectory } from '#access/groups/group-directory.js';
import { AccessRecorder } from '#access/reads/access-recorder.js';
import { KeyRing } from '#access/keys/key-ring.js';
import { keepPolicy } from '#access/policy/keep-policy.js';
import { TokenVerifier } from '#access/tokens/token-verifier.js';
import { Cursors } from '#api/cursors.js';
import { type Services } from '#api/request-context.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { lockFolder } from '#event-sourcing/log/sqlite/lock-folder.js';
import { caseAggregate } from '#investigation/case-aggregate.js';
import { projections, registry } from '#investigation/projections.js';
import { checkRecordedHead } from '#read-models/keeping/recorded-head.js';
import { Feed } from '#read-models/following/feed.js';
import { type Config } from './config.js';
import { keepKeyUses } from './key-uses.js';
import { secretIn } from './secret-file.js';
import { DiskSpace } from './disk-space.js';
import { type Instruments } from './instruments.js';
import { openLog, type ServerLog } from './open-log.js';
import { openReadEngine } from './open-read-engine.js';
import { ServedLog } from './served-log.js';
import { software } from './software.js';

/** Everything the server runs on, opened on a data folder that it owns until closed. */
export interface OpenServices extends Services {
  log: ServerLog;
  disk: DiskSpace;
  commands: CommandHandler;
  authenticator: Authenticator;
  logId: string;
  /** Resolves when the read models are followed; rejects where they cannot be. To be awaited before anybody is served. */
  begun: Promise<void>;
  close(): Promise<void>;
}

/** What whoever starts the server may say beside the settings. */
export interface StartOptions {
  /** A log that is older than the read models is taken as it is, and they are built anew. */
  acceptOlderLog?: boolean;
}

/** Opens lock, log, read models and keys, in this order; rejects with the first sentence that says why not. */
export async function openServices(
  config: Config,
  { logger, metrics, observer }: Instruments,
  onFatal: (error: unknown) => void,
  { acceptOlderLog = false }: StartOptions = {},
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
    const log = await openLog(config, onFatal);
    closing.push(() => log.close());
    const logId = await log.identity();
    const warn = (message: string): void => logger.warn(message);
    const engine = await openReadEngine(config, log, warn);
    await checkRecordedHead(engine.stores, log, { accept: acceptOlderLog, warn });
    let recorder: AccessRecorder | undefined;
    const policy = new AccessPolicy((principal, caseId, what, asked) =>
      recorder?.note(principal, { kind: 'DENIED', caseId, what, asked }),
    );
    const keys = await KeyRing.open(log, registry, onFatal);
    closing.push(() => keys.close());
    closing.push(keepKeyUses(folder, keys));
    const { readModels, begun } = await engine.begin();
    closing.push(() => readModels.close());
    const feed = new Feed(readModels, projections.told);
    closing.push(() => feed.close());
    const served = new ServedLog(log, disk, metrics);
    const commands = new CommandHandler({ log: served, logId, registry, authorise: policy.authorise });
    await keepPolicy(commands);
    const reads = (recorder = new AccessRecorder(commands, log, registry, warn));
    closing.push(() => reads.close());
    const groups = await GroupDirectory.open(log, registry, commands, onFatal);
    closing.push(() => groups.close());
    const authenticator = new Authenticator(keys, tokensOf(config, groups));
    const cursors = new Cursors(logId, secretIn(folder, 'cursor.key'));
    const readWaitMs = config.READ_WAIT_MS;
    return {
      ...{ log, disk, policy, keys, groups, authenticator, readModels, feed, commands },
      ...{ cursors, logId, software, readWaitMs, observer, begun, reads },
      caseAccess: async (caseId) => (await commands.stateOf(caseAggregate, caseId))?.access ?? null,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Takes the tokens of the configured OIDC provider, if there is one. It may be down: its keys are fetched when they are needed. */
function tokensOf(config: Config, groups: GroupDirectory): TokenVerifier | null {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_GROUPS_CLAIM: groupsClaim } = config;
  if (issuer === '') return null;
  const tokens = new TokenVerifier({ issuer, audience, groupsClaim }, groups);
  void tokens.warm();
  return tokens;
}
