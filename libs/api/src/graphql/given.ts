import { GraphQLScalarType, type GraphQLSchema } from 'graphql';

/** The type of a value that is coerced already and must be handed on as it is. */
export const GIVEN = '__Given';

const scalar = new GraphQLScalarType({ name: GIVEN, parseValue: (value) => value });

/** The same schema, which also knows `GIVEN` by name; clients do not see it. */
export function withGiven(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string) => (name === GIVEN ? scalar : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
}
