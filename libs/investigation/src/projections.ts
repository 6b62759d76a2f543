import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type ProjectionGroup } from '#read-models/read-model.js';
import { eventRegistry } from './event-classes.js';
import { capabilities } from './capabilities.js';

/** What the projector's thread runs: every read model of an investigation, and the registry that decodes its events. */
export const projections: ProjectionGroup = {
  version: 1,
  category: 'case',
  models: capabilities.map(({ readModel }) => readModel),
};

export const registry = eventRegistry(loadEventSchemas());
