import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { type Class, storedEventOf } from '#event-sourcing/event.js';
import { type EventSchema } from '#event-sourcing/registry.js';

/** JSON types of the scalars that stored payloads use. */
const SCALARS: Readonly<Record<string, object>> = {
  String: { type: 'string' },
  ID: { type: 'string' },
  FuzzyTime: { type: 'string' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
};

/** The JSON Schema (2020-12) of an event's payload in its current version, from its GraphQL type. Nullable means absent. */
export function eventSchema(eventClass: Class, schema: GraphQLSchema): EventSchema {
  const { type, version } = storedEventOf(eventClass);
  const object = schema.getType(eventClass.name);
  if (!isObjectType(object))
    throw new Error(`${eventClass.name} is not in the GraphQL schema; name it among the served events.`);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${type}.v${version}`,
    description: object.description ?? undefined,
    ...objectSchema(object),
  };
}

function objectSchema(object: GraphQLObjectType) {
  const fields = Object.values(object.getFields()).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, type, description }) => [
        name,
        { description: description ?? undefined, ...typeSchema(type) },
      ]),
    ),
    required: fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name),
    additionalProperties: false,
  };
}

function typeSchema(type: GraphQLOutputType): object {
  if (isNonNullType(type)) return typeSchema(type.ofType as GraphQLOutputType);
  if (isListType(type)) return { type: 'array', items: typeSchema(type.ofType) };
  if (isEnumType(type)) return { enum: type.getValues().map(({ name }) => name) };
  if (isObjectType(type)) return objectSchema(type);
  const scalar = SCALARS[String(type)];
  if (!scalar) throw new Error(`The type ${String(type)} has no JSON Schema here; add it to SCALARS.`);
  return scalar;
}
