import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type IntrospectionQuery,
  isLeafType,
  isUnionType,
} from 'graphql';
import { type Api } from './api.js';

/** The schema as the service tells it of itself. */
export async function schemaOf(service: Api): Promise<GraphQLSchema> {
  const { data, errors } = await service.ask<IntrospectionQuery>(getIntrospectionQuery());
  if (errors) throw new Error(JSON.stringify(errors));
  return buildClientSchema(data);
}

/**
 * Everything that can be selected of a type, fields with arguments and those of these names excepted, and those that lead back
 * to a type they are within; each type of a union has its fragment.
 */
export function everythingOf(
  type: GraphQLOutputType,
  but: readonly string[] = [],
  within: readonly string[] = [],
): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const types = [...within, named.name];
  if (isUnionType(named)) {
    const fragments = named.getTypes().map((one) => `... on ${one.name} ${everythingOf(one, but, types)}`);
    return `{ __typename ${fragments.join(' ')} }`;
  }
  const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
    ({ args, name, type: of }) => args.length === 0 && !but.includes(name) && !types.includes(getNamedType(of).name),
  );
  return `{ ${fields.map((field) => `${field.name} ${everythingOf(field.type, but, types)}`).join(' ')} }`;
}
