import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { sha256, thingId } from '#event-sourcing/hash.js';
import { formatKey, newSecret } from '#access/keys/bearer.js';
import { IssueKey, issueKey, keyIdOf } from '#access/keys/issue-key.js';
import { type KeyRing } from '#access/keys/key-ring.js';
import { KEYS_STREAM, keysAggregate } from '#access/keys/keys.js';

/**
 * Issues the first administrator's key if no key was ever issued, keeps it in `DATA_DIR/admin.key` (mode 0600) and returns it.
 * The file is written first: a crash before the key is recorded leaves a log without keys, and the next start makes another.
 */
export async function issueFirstKey(
  folder: string,
  logId: string,
  keys: KeyRing,
  commands: CommandHandler,
): Promise<string | undefined> {
  if (!keys.isEmpty) return undefined;
  const commandId = randomUUID();
  const secret = newSecret();
  const id = keyIdOf(thingId({ logId, stream: KEYS_STREAM, actorId: SYSTEM.id, commandId }));
  const key = formatKey({ id, secret });
  const file = join(folder, 'admin.key');
  rmSync(file, { force: true });
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });

  const command = new IssueKey();
  Object.assign(command, { commandId, principal: 'administrator', label: 'Administrator', actorKind: 'PERSON' });
  command.principalRoles = ['ADMINISTRATOR'];
  const issued = await commands.execute(keysAggregate, issueKey, command, SYSTEM, { secretHash: sha256(secret) });
  await keys.reached(issued.revision);
  return key;
}
