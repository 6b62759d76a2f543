import { createHmac } from 'node:crypto';
import { type Logger } from 'pino';
import { Authenticator } from '#access/authenticator.js';
import { AccessPolicy } from '#access/access-policy.js';
import { GroupDirectory } from '#access/groups/group-directory.js';
import { AccessRecorder } from '#access/reads/access-recorder.js';
import { keepPolicy } from '#access/policy/keep-policy.js';
import { TokenVerifier } from '#access/tokens/token-verifier.js';
import { Cursors } from '#api/cursors.js';
import { type Services } from '#api/request-services.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { caseAggregate } from '#investigation/case-aggregate.js';
import { projections, registry } from '#investigation/projections.js';
import { Feed } from '#read-models/following/feed.js';
import { type Config } from './config.js';
import { Closing, type CoreServices, openCore, type StartOptions } from './core-services.js';
import { learnPlaces } from './learn-places.js';
import { secretIn } from './secret-file.js';
import { secretsFolder } from './secrets-folder.js';
import { type Instruments } from './instruments.js';
import { ServedLog } from './served-log.js';
import { software } from './software.js';

/** Everything the server runs on, opened on a data folder that it owns until closed. */
export interface OpenServices extends Services, CoreServices {
  log: CoreServices['log'];
  keys: CoreServices['keys'];
  commands: CommandHandler;
  authenticator: Authenticator;
  logId: string;
  close(): Promise<void>;
}

/** Opens what every process runs on, then what takes commands and answers queries. Rejects with the first sentence that says why not. */
export async function openServices(
  config: Config,
  instruments: Instruments,
  onFatal: (error: unknown) => void,
  options: StartOptions = {},
): Promise<OpenServices> {
  const closing = new Closing();
  const { logger, metrics, observer } = instruments;
  try {
    const core = await openCore(config, instruments, onFatal, options, closing);
    const { log, logId, disk, keys, readModels } = core;
    let recorder: AccessRecorder | undefined;
    const policy = new AccessPolicy((principal, caseId, what, asked) =>
      recorder?.note(principal, { kind: 'DENIED', caseId, what, asked }),
    );
    const feed = new Feed(readModels, projections.told);
    closing.push(() => feed.close());
    const served = new ServedLog(log, disk, metrics);
    const secret = secretIn(secretsFolder(config), 'identifier.key');
    const keyedHash = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
    const commands = new CommandHandler({
      ...{ log: served, logId, registry, keyedHash },
      authorise: policy.authorise,
      sees: policy.sees,
    });
    await keepPolicy(commands);
    const reads = (recorder = new AccessRecorder(commands, log, registry, (message) => logger.warn(message)));
    closing.push(() => reads.close());
    const groups = await GroupDirectory.open(log, registry, commands, onFatal);
    closing.push(() => groups.close());
    const places = learnPlaces([keys, groups], readModels);
    closing.push(() => places.close());
    const authenticator = new Authenticator(keys, tokensOf(config, groups, logger));
    const cursors = new Cursors(logId, secretIn(secretsFolder(config), 'cursor.key'));
    const readWaitMs = config.READ_WAIT_MS;
    return {
      ...core,
      ...{ policy, groups, authenticator, feed, commands, cursors, software, readWaitMs, observer, reads },
      keyedHash,
      knownCase: async (caseId) => {
        const state = await commands.stateOf(caseAggregate, caseId);
        return state && { access: state.access, withTheirs: (records) => caseAggregate.withTheirs!(state, records) };
      },
      close: () => closing.close(),
    };
  } catch (error) {
    return closing.closeAfter(error);
  }
}

/** Takes the tokens of the configured OIDC provider, if there is one. It may be down: its keys are fetched when they are needed. */
function tokensOf(config: Config, groups: GroupDirectory, logger: Logger): TokenVerifier | null {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_GROUPS_CLAIM: groupsClaim } = config;
  if (issuer === '') return null;
  const tokens = new TokenVerifier({ issuer, audience, groupsClaim, warn: (message) => logger.warn(message) }, groups);
  void tokens.warm();
  return tokens;
}
