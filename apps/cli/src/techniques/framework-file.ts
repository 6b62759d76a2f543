import { Refused } from '../exit.js';
import { readAtlas } from './atlas-file.js';
import { readStix } from './stix-bundle.js';
import { type Entry, type FrameworkFile } from './framework-entries.js';

/**
 * Reads a file as MITRE publishes it: ATLAS.yaml (YAML), or ATT&CK or ATLAS as a STIX 2 bundle (JSON). Throws `Refused` with what
 * is wrong with any other.
 */
export function readFramework(text: string): FrameworkFile {
  const file = /^\s*\{/.test(text) ? readStix(text) : readAtlas(text);
  if (file.entries.length === 0)
    throw new Refused('The file names no technique: give ATLAS.yaml, or a STIX bundle of ATT&CK or ATLAS.');
  return { ...file, entries: named(file.entries) };
}

/** A technique's parts are named with it, as the frameworks' pages do: `Command and Scripting Interpreter: PowerShell`. */
function named(entries: readonly Entry[]): Entry[] {
  const names = new Map(entries.map(({ mitreId, label }) => [mitreId, label]));
  return [...names].map(([mitreId, label]) => {
    const whole = /^(.*T\d{4})\.\d{3}$/.exec(mitreId)?.[1];
    const parent = whole && names.get(whole);
    return { mitreId, label: (parent ? `${parent}: ${label}` : label).slice(0, 300) };
  });
}
