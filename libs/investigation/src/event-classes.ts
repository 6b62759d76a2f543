import { GroupMapped, GroupsClaimed, GroupUnmapped } from '#access/groups/group-events.js';
import { KeyIssued, KeyRevoked } from '#access/keys/key-events.js';
import { AccessPolicyRecorded } from '#access/policy/policy-recorded.js';
import { ReadsRecorded } from '#access/reads/reads-recorded.js';
import { type Class } from '#event-sourcing/event.js';
import { LogCreated } from '#event-sourcing/log/log-created.js';
import { EventRegistry, type EventSchemas } from '#event-sourcing/registry.js';
import { capabilities } from './capabilities.js';
import { termsEvolution } from './terms/terms-aggregate.js';
import { CaseNumberReserved } from './cases/open-case.js';
import { CaseMergeClaimed } from './merges/merge-claims.js';
import { ExternalReferenceClaimed } from './references/reference-claims.js';
import { TechniquesLoaded } from './technique-catalogue/techniques-loaded.js';

/** Every event that can stand in the log, those of access and of the log itself too. */
export const eventClasses: readonly Class[] = [
  LogCreated,
  KeyIssued,
  KeyRevoked,
  GroupMapped,
  GroupUnmapped,
  GroupsClaimed,
  AccessPolicyRecorded,
  ReadsRecorded,
  CaseNumberReserved,
  ExternalReferenceClaimed,
  CaseMergeClaimed,
  TechniquesLoaded,
  ...termsEvolution.map(({ eventClass }) => eventClass),
  ...capabilities.flatMap(({ evolution }) => evolution.map(({ eventClass }) => eventClass)),
];

export const eventRegistry = (schemas: EventSchemas): EventRegistry => new EventRegistry(eventClasses, schemas);
