import { storedEventOf } from '#event-sourcing/event.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { accessModel } from '#read-models/access-changes.js';
import { type ProjectionGroup } from '#read-models/read-model.js';
import { eventRegistry } from './event-classes.js';
import { capabilities } from './capabilities.js';
import { proseOf } from './search/prose.js';
import { CaseRevoked, CaseShared } from './members/told.js';

/** What the projector's thread runs: every read model of an investigation, and the registry that decodes its events. */
export const projections: ProjectionGroup = {
  version: 20,
  category: 'case',
  models: capabilities.flatMap(({ readModel }) => readModel ?? []),
  access: accessModel(capabilities.flatMap(({ access }) => access ?? [])),
  prose: proseOf,
  told: { gained: storedEventOf(CaseShared).type, lost: storedEventOf(CaseRevoked).type },
};

export const registry = eventRegistry(loadEventSchemas());
