import { handlersByType } from '#event-sourcing/event.js';
import { type Aggregate, type CommandFields, evolve, type Frozen } from '#event-sourcing/slice.js';
import { BUILT_IN, type Names } from './built-in.js';
import { compareVersions, type TechniqueFramework } from './framework.js';
import { TechniquesLoaded } from './techniques-loaded.js';

/** What was loaded of one framework: names by id, by version. */
export interface CatalogueState {
  versions: Map<string, Map<string, string>>;
}

/** The subject of a framework's stream: `techniques-atlas`. */
export const catalogueId = (framework: TechniqueFramework): string => framework.toLowerCase();

/** Everything loaded of a framework stands in one stream, outside all cases. */
export const catalogueAggregate: Aggregate<CatalogueState> = {
  category: 'techniques',
  initial: () => ({ versions: new Map() }),
  subjectOf: (command) => catalogueId((command as CommandFields & { framework: TechniqueFramework }).framework),
  evolutions: handlersByType([
    evolve(TechniquesLoaded, ({ versions }: CatalogueState, { frameworkVersion, entries }) => {
      const known = [...versions.keys()].find((one) => compareVersions(one, frameworkVersion) === 0);
      const names = versions.get(known ?? frameworkVersion) ?? new Map<string, string>();
      for (const { mitreId, label } of entries) names.set(mitreId, label);
      versions.set(known ?? frameworkVersion, names);
    }),
  ]),
};

/** An entry of a catalogue, with the version whose it is. */
export interface Found {
  frameworkVersion: string;
  name: string;
}

/** What is known of a framework, built in and loaded, the newest version first; what was loaded of a version goes before. */
export function cataloguesOf(framework: TechniqueFramework, loaded?: Frozen<CatalogueState>): [string, Names][] {
  return [...(loaded?.versions ?? new Map<string, Names>()), ...BUILT_IN[framework]].sort(([a], [b]) =>
    compareVersions(b, a),
  );
}

/** The entry of this version, or of the newest that has one; undefined where there is none. */
export function findEntry(
  { framework, mitreId }: { framework: TechniqueFramework; mitreId: string },
  frameworkVersion: string | null | undefined,
  loaded?: Frozen<CatalogueState>,
): Found | undefined {
  for (const [version, names] of cataloguesOf(framework, loaded)) {
    const asked = frameworkVersion ?? version;
    const name = compareVersions(asked, version) === 0 ? names.get(mitreId) : undefined;
    // A version is kept as whoever names it spells it.
    if (name !== undefined) return { frameworkVersion: asked, name };
  }
  return undefined;
}
