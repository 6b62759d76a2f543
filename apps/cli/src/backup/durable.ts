import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, createReadStream, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PART } from '#event-sourcing/log/sqlite/missing-log.js';
import { isOutOfSpace } from '#event-sourcing/log/sqlite/sqlite-error.js';
import { sync } from '#event-sourcing/on-disk.js';
import { Refused } from '../exit.js';

/** Copies a file so that it has its name only when it is whole and on the disk; readable by its owner alone. */
export function copyDurably(from: string, to: string): void {
  placeDurably(copyPart(from, to), to);
}

/** Copies a file to be given its name later; returns the name that it has until then. */
export function copyPart(from: string, to: string): string {
  const part = `${to}${PART}`;
  writeFileSync(part, '', { mode: 0o600 });
  copyFileSync(from, part);
  // A copy has the mode of what it was made from.
  chmodSync(part, 0o600);
  return part;
}

/** Gives a written file its name, on the disk. */
export function placeDurably(part: string, to: string): void {
  sync(part);
  renameSync(part, to);
  sync(dirname(to));
}

/** What a file holds. */
export interface Content {
  bytes: number;
  sha256: string;
}

/** Reads the file to its end. Rejects with the error of the system. */
export async function contentOf(file: string): Promise<Content> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) digest.update(chunk as Buffer);
  return { bytes: statSync(file).size, sha256: digest.digest('hex') };
}

/** Says in a sentence that there was no space for what was to be put into a folder; throws other errors on. */
export const outOfSpace =
  (folder: string) =>
  (error: unknown): never => {
    if (!isOutOfSpace(error)) throw error;
    throw new Refused(`The disk that holds ${folder} is full: free some space on it, and do it again.`);
  };
