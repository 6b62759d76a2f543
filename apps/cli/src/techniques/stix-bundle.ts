import { Refused } from '../exit.js';
import { type Entry, type FrameworkFile } from './framework-entries.js';

interface StixObject {
  type?: string;
  name?: string;
  revoked?: boolean;
  x_mitre_deprecated?: boolean;
  x_mitre_version?: string;
  external_references?: { source_name?: string; external_id?: string }[];
}

/** Who names an object, by the name of the reference that holds its id. */
const SOURCES: Readonly<Record<string, FrameworkFile['framework']>> = {
  'mitre-attack': 'ATTACK',
  'mitre-mobile-attack': 'ATTACK',
  'mitre-ics-attack': 'ATTACK',
  'mitre-atlas': 'ATLAS',
};
/** Techniques, tactics and mitigations. */
const TYPES: ReadonlySet<string | undefined> = new Set(['attack-pattern', 'x-mitre-tactic', 'course-of-action']);

/**
 * A STIX 2 bundle as MITRE publishes ATT&CK (attack-stix-data, whose `x-mitre-collection` names the version; cti, which names
 * none) or ATLAS. What is revoked or deprecated in this version is left out: it is named by an earlier one.
 */
export function readStix(text: string): FrameworkFile {
  let bundle: { type?: string; objects?: StixObject[] };
  try {
    bundle = JSON.parse(text) as typeof bundle;
  } catch (error) {
    throw new Refused(`The file is not JSON as a whole (${(error as Error).message}): is it complete?`);
  }
  if (bundle.type !== 'bundle' || !Array.isArray(bundle.objects))
    throw new Refused('The file is no STIX bundle: its type must be "bundle", and it must have objects.');
  const entries: (Entry & { framework: FrameworkFile['framework'] })[] = [];
  for (const one of bundle.objects) {
    if (!TYPES.has(one.type) || one.revoked || one.x_mitre_deprecated || !one.name) continue;
    const reference = one.external_references?.find(({ source_name }) => source_name && SOURCES[source_name]);
    if (!reference?.external_id) continue;
    entries.push({ framework: SOURCES[reference.source_name!], mitreId: reference.external_id, label: one.name });
  }
  const framework = entries[0]?.framework ?? 'ATTACK';
  if (entries.some((one) => one.framework !== framework))
    throw new Refused('The bundle holds both ATT&CK and ATLAS: load one after the other, each from its own file.');
  const collection = bundle.objects.find(({ type }) => type === 'x-mitre-collection');
  return {
    framework,
    version: collection?.x_mitre_version ?? null,
    entries: entries.map(({ mitreId, label }) => ({ mitreId, label })),
  };
}
