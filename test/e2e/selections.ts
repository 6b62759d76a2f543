import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLUnionType,
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

/** What was selected before: the tests of access ask for the same types hundreds of times. */
const selected = new WeakMap<GraphQLOutputType, Map<string, string>>();

/**
 * Everything that can be selected of a type, fields with arguments and those of these names excepted, and those that lead back
 * to a type they are within; each type of a union has its fragment.
 */
export function everythingOf(type: GraphQLOutputType, but: readonly string[] = []): string {
  const known = selected.get(type) ?? new Map<string, string>();
  selected.set(type, known);
  const key = but.join();
  const selection = known.get(key) ?? everythingWithin(type, but, [], []);
  known.set(key, selection);
  return selection;
}

function everythingWithin(
  type: GraphQLOutputType,
  but: readonly string[],
  within: readonly string[],
  differing: readonly string[],
): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const types = [...within, named.name];
  if (isUnionType(named)) {
    const differing = fieldsThatDiffer(named);
    const fragments = named
      .getTypes()
      .map((one) => `... on ${one.name} ${everythingWithin(one, but, types, differing)}`);
    return `{ __typename ${fragments.join(' ')} }`;
  }
  const fields = Object.values((named as GraphQLObjectType).getFields()).filter(
    ({ args, name, type: of }) =>
      args.length === 0 && ![...but, ...differing].includes(name) && !types.includes(getNamedType(of).name),
  );
  return `{ ${fields.map((field) => `${field.name} ${everythingWithin(field.type, but, types, [])}`).join(' ')} }`;
}

/** Names that stand for other types in other members of a union: one answer cannot hold both, and they are left out. */
function fieldsThatDiffer(union: GraphQLUnionType): string[] {
  const types = new Map<string, Set<string>>();
  for (const { name, type } of union.getTypes().flatMap((one) => Object.values(one.getFields())))
    types.set(name, (types.get(name) ?? new Set<string>()).add(String(type)));
  return [...types].filter(([, of]) => of.size > 1).map(([name]) => name);
}
