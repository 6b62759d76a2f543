import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { mutations, resolvers } from '../../../server/src/resolvers.js';

/** The schema that the server serves, built from the same classes without a server. */
export async function buildGraphQLSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  const schema = await app
    .get(GraphQLSchemaFactory)
    .create([...resolvers, ...mutations.map(({ resolver }) => resolver)]);
  await app.close();
  return schema;
}

/** The schema as text, in an order of its own: that of the classes does not matter. */
export const graphQLText = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
