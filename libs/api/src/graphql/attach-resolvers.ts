import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** By type and field: how it is resolved; of a subscription how its source is opened as well. */
export type Resolvers = Record<string, Record<string, Resolve | { subscribe?: Resolve; resolve?: Resolve }>>;

/** Gives the fields of a schema their resolvers. Throws for a resolver of a field that there is not. */
export function attachResolvers(schema: GraphQLSchema, resolvers: Resolvers): GraphQLSchema {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    for (const [name, resolver] of Object.entries(fields)) {
      const field = isObjectType(type) ? type.getFields()[name] : undefined;
      if (!field) throw new Error(`There is a resolver for ${typeName}.${name}, which the schema does not have.`);
      Object.assign(field, typeof resolver === 'function' ? { resolve: resolver } : resolver);
    }
  }
  return schema;
}
