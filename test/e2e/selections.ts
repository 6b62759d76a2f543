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

/** Everything that can be selected of a type, fields with arguments and those of these names excepted; each type of a union has its fragment. */
export function everythingOf(type: GraphQLOutputType, but: readonly string[] = []): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isUnionType(named)) {
    const fragments = named.getTypes().map((one) => `... on ${one.name} ${everythingOf(one, but)}`);
    return `{ __typename ${fragments.join(' ')} }`;
  }
  const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
    ({ args, name }) => args.length === 0 && !but.includes(name),
  );
  return `{ ${fields.map((field) => `${field.name} ${everythingOf(field.type, but)}`).join(' ')} }`;
}
