import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PART } from '#event-sourcing/log/sqlite/missing-log.js';
import { type LogHead } from '#event-sourcing/log/sqlite/verify/verify-log.js';
import { KEPT } from '../../../server/src/kept-files.js';
import { Refused } from '../exit.js';
import { type Content, contentOf, placeDurably } from './durable.js';

export const FILE = 'backup.json';
const FORMAT = 1;

/** What a backup is: the last file to be written, so that a folder without it is none. */
export interface Manifest {
  format: typeof FORMAT;
  /** Name and version of what took it. */
  software: string;
  /** RFC 3339. */
  takenAt: string;
  logId: string;
  events: number;
  head: LogHead;
  files: Record<string, Content>;
}

/** Makes a folder a backup: on the disk, under its name only when it is whole. */
export function writeManifest(folder: string, manifest: Omit<Manifest, 'format'>): void {
  const part = join(folder, `${FILE}${PART}`);
  writeFileSync(part, `${JSON.stringify({ format: FORMAT, ...manifest }, null, 2)}\n`, { mode: 0o600 });
  placeDurably(part, join(folder, FILE));
}

/** Reads what a folder says it is, and makes sure that its files are what was written. Rejects with `Refused`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parsed(folder);
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const found = await contentOf(join(folder, name)).catch(() => null);
    if (!found) throw new Refused(`${join(folder, name)} is not there, though ${FILE} names it: take another backup.`);
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw new Refused(
        `${join(folder, name)} is not what was backed up (${FILE} has another sum): take another backup.`,
      );
  }
  return manifest;
}

/** Names nothing but what a backup holds, the log among it: files are written by these names. */
function isComplete({ files, head, logId }: Partial<Manifest>): boolean {
  const names = Object.keys(files ?? {});
  const known: readonly string[] = [KEPT.log, ...KEPT.files];
  const areKnown = names.includes(KEPT.log) && names.every((name) => known.includes(name));
  return areKnown && typeof head?.sequence === 'number' && typeof head.digest === 'string' && typeof logId === 'string';
}

function parsed(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch {
    throw new Refused(
      `${folder} holds no whole backup: ${FILE}, which is written last, is not there; name the folder of another.`,
    );
  }
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === FORMAT && isComplete(manifest)) return manifest;
  } catch {
    // The same remedy as for another format.
  }
  throw new Refused(`${join(folder, FILE)} is not of a form that this software knows: use the software that wrote it.`);
}
