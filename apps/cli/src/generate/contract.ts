import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { type EventSchema } from '#event-sourcing/registry.js';
import { brokenPromises } from './frozen.js';

/** What clients and followers rely on. */
export interface Contract {
  /** Semantic. Within one major version the contract is kept. */
  version: string;
  /** The GraphQL schema as text. */
  graphql: string;
  /** The payloads of all versions of all events. */
  events: readonly EventSchema[];
}

const majorOf = (version: string): string => version.split('.')[0];

/**
 * What `now` breaks of what was released, in words; empty if nothing. GraphQL may break with a new major version, and a
 * field that was deprecated in the release may go; events are stored, and are read for ever.
 */
export async function brokenContract(released: Contract, now: Contract): Promise<string[]> {
  const since = `released with ${released.version}`;
  const broken: string[] = [];
  for (const before of released.events) {
    const after = now.events.find(({ title }) => title === before.title);
    const why = after ? brokenPromises(before, after) : ['its schema is gone'];
    broken.push(
      ...why.map((reason) => `${before.title} was ${since}: ${reason}; make a new version with an upcaster.`),
    );
  }
  if (majorOf(now.version) !== majorOf(released.version)) return broken;
  const changes = await diff(buildSchema(released.graphql), buildSchema(now.graphql), [
    DiffRule.suppressRemovalOfDeprecatedField,
  ]);
  for (const { criticality, message } of changes)
    if (criticality.level === CriticalityLevel.Breaking)
      broken.push(`schema.graphql was ${since}: ${message}; keep it, deprecated, for one release.`);
  return broken;
}
