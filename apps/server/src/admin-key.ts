import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { sha256, thingId, uuidOf } from '#event-sourcing/hash.js';
import { formatKey, type KeyParts, newSecret, parseKey } from '#access/keys/key-text.js';
import { IssueKey, issueKey, keyIdOf } from '#access/keys/issue-key.js';
import { type KeyRing } from '#access/keys/key-ring.js';
import { KEYS_STREAM, keysAggregate } from '#access/keys/keys.js';
import { placeSecret } from './secret-file.js';

/**
 * Issues the first administrator's key if no key was ever issued, keeps it in `admin.key` of the folder (mode 0600) and returns
 * it. The file is written first, and says which key it is to be: a start that follows a crash, or one at the same time on the
 * same folder, issues that very key.
 */
export async function issueFirstKey(
  folder: string,
  logId: string,
  keys: KeyRing,
  commands: CommandHandler,
): Promise<string | undefined> {
  if (!keys.isEmpty) return undefined;
  const file = join(folder, 'admin.key');
  const { id, secret } = keyIn(file, logId) ?? makeKey(file, logId);

  const command = new IssueKey();
  const commandId = commandIdOf(logId, secret);
  Object.assign(command, { commandId, principal: 'administrator', label: 'Administrator', actorKind: 'PERSON' });
  command.principalRoles = ['ADMINISTRATOR'];
  const issued = await commands.execute(keysAggregate, issueKey, command, SYSTEM, { secretHash: sha256(secret) });
  await keys.reached(issued.revision);
  return formatKey({ id, secret });
}

/** The key in the file, if it is this log's to issue. */
function keyIn(file: string, logId: string): KeyParts | undefined {
  try {
    const key = parseKey(readFileSync(file, 'utf8').trim());
    return key?.id === (key && idOf(logId, key.secret)) ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeKey(file: string, logId: string): KeyParts {
  const secret = newSecret();
  const key = { id: idOf(logId, secret), secret };
  // Another log's, if there is one: it may be the only way into that one.
  if (existsSync(file)) renameSync(file, `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  placeSecret(file, `${formatKey(key)}\n`);
  // That of another start, if it came first.
  return keyIn(file, logId) ?? key;
}

const commandIdOf = (logId: string, secret: string): string => uuidOf(logId, 'first-key', sha256(secret));

function idOf(logId: string, secret: string): string {
  const commandId = commandIdOf(logId, secret);
  return keyIdOf(thingId({ logId, stream: KEYS_STREAM, actorId: SYSTEM.id, commandId }));
}
