import { parse } from 'yaml';
import { Refused } from '../exit.js';
import { type Entry, type FrameworkFile } from './framework-entries.js';

interface AtlasObject {
  id?: unknown;
  name?: unknown;
}

interface AtlasFile {
  id?: unknown;
  version?: unknown;
  matrices?: { tactics?: AtlasObject[]; techniques?: AtlasObject[]; mitigations?: AtlasObject[] }[];
  mitigations?: AtlasObject[];
}

/** ATLAS.yaml, as in `dist` of MITRE's atlas-data: tactics and techniques by matrix, mitigations beside them or in them. */
export function readAtlas(text: string): FrameworkFile {
  let file: AtlasFile | null;
  try {
    // Its objects refer to each other by aliases, far more than a hundred times; the file is the administrator's own. Every value
    // is text: as a number, version 5.10 would be 5.1.
    file = parse(text, { maxAliasCount: -1, schema: 'failsafe' }) as AtlasFile | null;
  } catch (error) {
    throw new Refused(`The file is neither YAML nor JSON (${(error as Error).message.split('\n', 1)[0]}).`);
  }
  if (typeof file !== 'object' || file === null || !Array.isArray(file.matrices))
    throw new Refused('The file has no matrices: give ATLAS.yaml as MITRE publishes it, or a STIX bundle.');
  const parts = [...file.matrices, { mitigations: file.mitigations }];
  const objects = parts.flatMap((part) =>
    [part.tactics, part.techniques, part.mitigations].flatMap((list) => list ?? []),
  );
  const version = typeof file.version === 'string' && file.version !== '' ? file.version : null;
  return { framework: 'ATLAS', version, entries: objects.flatMap(entry) };
}

const entry = ({ id, name }: AtlasObject): Entry[] =>
  typeof id === 'string' && typeof name === 'string' && name !== '' ? [{ mitreId: id, label: name }] : [];
