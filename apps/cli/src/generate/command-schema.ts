import { type Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { inputFields } from '#api/input-fields.js';
import { type SentCommand } from '#api/send-command.js';

/** JSON types of the scalars that inputs use. */
const SCALARS: Readonly<Record<string, object>> = {
  String: { type: 'string' },
  ID: { type: 'string' },
  FuzzyTime: { type: 'string' },
  Instant: { type: 'string', format: 'date-time' },
  Int: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
};

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema (2020-12) of a line of an import with this command: the shape from its GraphQL input, the bounds from its
 * validators. What depends on the case alone, such as which ids there are, is in no schema.
 */
export function commandSchema({ name, input }: SentCommand, schema: GraphQLSchema): JsonSchema {
  const mutation = schema.getMutationType()!.getFields()[name];
  const { type, description } = mutation.args[0];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: name,
    description: mutation.description ?? undefined,
    type: 'object',
    properties: { command: { const: name }, input: { description, ...typeSchema(type, input) } },
    required: ['command', 'input'],
    additionalProperties: false,
  };
}

function typeSchema(type: GraphQLInputType, inputClass: Type<object> | undefined): JsonSchema {
  if (isNonNullType(type)) return typeSchema(type.ofType, inputClass);
  if (isListType(type)) return { type: 'array', items: typeSchema(type.ofType, inputClass) };
  if (isEnumType(type)) return { enum: type.getValues().map(({ name }) => name) };
  if (isInputObjectType(type)) return objectSchema(type, inputClass!);
  const scalar = SCALARS[String(type)];
  if (!scalar) throw new Error(`The type ${String(type)} has no JSON Schema here; add it to SCALARS.`);
  return { ...scalar };
}

function objectSchema(type: GraphQLInputObjectType, inputClass: Type<object>): JsonSchema {
  const classes = new Map(inputFields(inputClass).map((field) => [field.name, field.inputClass]));
  const fields = Object.values(type.getFields()).sort((a, b) => (a.name < b.name ? -1 : 1));
  const property = (field: (typeof fields)[number]): JsonSchema => {
    const value = bounded(typeSchema(field.type, classes.get(field.name)), inputClass, field.name);
    return {
      description: field.description ?? undefined,
      ...(isNonNullType(field.type) ? value : { anyOf: [value, { type: 'null' }] }),
      ...(field.defaultValue !== undefined && { default: field.defaultValue }),
    };
  };
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, property(field)])),
    required: required.map(({ name }) => name),
    additionalProperties: false,
  };
}

/** What validators say of a value, or of each in a list, in JSON Schema's words; lengths are those of UTF-16 units. */
const BOUNDS: Readonly<Record<string, (...of: never[]) => JsonSchema>> = {
  isLength: (minLength: number, maxLength?: number) => ({ minLength, maxLength }),
  minLength: (minLength: number) => ({ minLength }),
  maxLength: (maxLength: number) => ({ maxLength }),
  matches: ({ source }: RegExp) => ({ pattern: source }),
  min: (minimum: number) => ({ minimum }),
  max: (maximum: number) => ({ maximum }),
  arrayMaxSize: (maxItems: number) => ({ maxItems }),
  arrayMinSize: (minItems: number) => ({ minItems }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: (identifier?: unknown) => (identifier ? {} : { uniqueItems: true }),
};

function bounded(value: JsonSchema, inputClass: Type<object>, name: string): JsonSchema {
  const validators = getMetadataStorage().getTargetValidationMetadatas(inputClass, '', false, false);
  const own = validators.filter(({ propertyName }) => propertyName === name);
  const of = (each: boolean): JsonSchema =>
    Object.assign(
      {},
      ...own
        .filter((validator) => (validator.each ?? false) === each)
        .map(({ name: rule, constraints }) => BOUNDS[rule ?? '']?.(...((constraints ?? []) as never[])) ?? {}),
    ) as JsonSchema;
  const whole = { ...value, ...of(false) };
  return value.type === 'array' ? { ...whole, items: { ...(value.items as JsonSchema), ...of(true) } } : whole;
}
