import { type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { AccessQueries } from '#api/access-queries.js';
import { EventQueries } from '#api/event-queries.js';
import { EventSubscriptions } from '#api/following/event-subscriptions.js';
import { groupMutations } from '#api/group-mutations.js';
import { Projections } from '#api/projections.js';
import { keyMutations } from '#api/key-mutations.js';
import { PayloadField } from '#api/payload-field.js';
import { TraceQuery } from '#api/trace-query.js';
import { investigationMutations, investigationResolvers } from '#investigation/resolvers.js';

/** The schema that the server serves, built from the same classes without a server. */
export async function buildGraphQLSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  const mutations = [...keyMutations, ...groupMutations, ...investigationMutations].map(({ resolver }) => resolver);
  const resolvers: Type[] = [
    EventQueries,
    PayloadField,
    EventSubscriptions,
    TraceQuery,
    AccessQueries,
    Projections,
    ...investigationResolvers,
    ...mutations,
  ];
  const schema = await app.get(GraphQLSchemaFactory).create(resolvers);
  await app.close();
  return schema;
}

/** The schema as text, in an order of its own: that of the classes does not matter. */
export const graphQLText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
