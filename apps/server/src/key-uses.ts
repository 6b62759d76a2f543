import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyRing } from '#access/keys/key-ring.js';

/** How often what is new is written down, in milliseconds. */
const EVERY = 60_000;

/**
 * Keeps when each key was last used in `DATA_DIR/key-uses.json`: an event for each request would be too much, and a lost minute
 * hurts nobody. Call what it returns at the end.
 */
export function keepKeyUses(folder: string, keys: Pick<KeyRing, 'lastUses' | 'seen'>): () => void {
  const file = join(folder, 'key-uses.json');
  for (const [id, at] of Object.entries(read(file))) keys.seen(id, at);
  let written = '';
  const write = (): void => {
    const text = JSON.stringify(Object.fromEntries(keys.lastUses));
    if (text === written) return;
    try {
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      written = text;
    } catch {
      // A full disk: the next minute may have room.
    }
  };
  const timer = setInterval(write, EVERY).unref();
  return () => {
    clearInterval(timer);
    write();
  };
}

/** What a crash or somebody's editor left there may be anything. */
function read(file: string): Record<string, number> {
  try {
    const uses = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(uses).filter(
        (use): use is [string, number] => Number.isSafeInteger(use[1]) && Math.abs(use[1] as number) < 8.64e15,
      ),
    );
  } catch {
    return {};
  }
}
