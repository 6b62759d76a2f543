import { type Type } from '@nestjs/common';
import { AccessQueries } from '#api/access-queries.js';
import { AccessReadsQuery } from '#api/access-reads-query.js';
import { EventQueries } from '#api/event-queries.js';
import { EventSubscriptions } from '#api/following/event-subscriptions.js';
import { groupMutations } from '#api/group-mutations.js';
import { keyMutations } from '#api/key-mutations.js';
import { type MutationParts } from '#api/mutation.js';
import { PayloadField } from '#api/payload-field.js';
import { Projections } from '#api/projections.js';
import { TraceQuery } from '#api/trace-query.js';
import { investigationMutations, investigationResolvers } from '#investigation/resolvers.js';

/** A mutation for each command there is. */
export const mutations: readonly MutationParts[] = [...keyMutations, ...groupMutations, ...investigationMutations];

/** All else that GraphQL serves. The schema that is written down is built of the same lists. */
export const resolvers: readonly Type[] = [
  EventQueries,
  TraceQuery,
  AccessQueries,
  AccessReadsQuery,
  PayloadField,
  EventSubscriptions,
  Projections,
  ...investigationResolvers,
];
