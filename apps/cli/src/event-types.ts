import { readdirSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { schemaFolder } from '#event-sourcing/schema-files.js';

/** As many names as are told of a type that there is not. */
const NEAREST = 3;

/**
 * `--type`: types of events, parted by commas; may be given again. The server takes any name, as another software may know
 * more types; at the command line it is a slip, and would look as if there were no such events.
 */
export function eventTypes(text: string, before: string[] | undefined): string[] {
  const known = knownTypes();
  const given = text.split(',').map((type) => type.trim());
  for (const type of given) if (!known.includes(type)) throw new InvalidArgumentError(unknown(type, known));
  return [...(before ?? []), ...given];
}

/** Entries of a feed that are no events of the log. */
export const TOLD: readonly string[] = ['CaseShared', 'CaseRevoked'];

/** By the names of the schemas: the classes of the events take long to load. */
export const knownTypes = (): string[] => [
  ...new Set([...TOLD, ...readdirSync(schemaFolder).map((file) => file.split('.')[0])]),
];

function unknown(type: string, known: readonly string[]): string {
  const nearest = suggestionList(type, known).slice(0, NEAREST);
  const ask = nearest.length > 0 ? `did you mean ${nearest.join(' or ')}? docs/events.md` : 'docs/events.md';
  return `There is no type ${JSON.stringify(type)}: ${ask} lists all.`;
}
