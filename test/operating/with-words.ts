import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { packageRoot } from '#event-sourcing/package-root.js';

const schema = buildSchema(readFileSync(join(packageRoot, 'schema.graphql'), 'utf8'));
const mutations = schema.getMutationType()!.getFields();
/** Texts of a form of their own, names that access is given to, and the ids that lines of the log show. */
const NO_PROSE = new Set([
  ...['commandId', 'correlationId', 'language', 'grade', 'id', 'url', 'currency', 'exact', 'min', 'max'],
  ...['version', 'clause', 'frameworkVersion', 'mitreId', 'tacticId', 'identifierValue', 'lead', 'assignees'],
  ...['mediaType', 'sha256'],
]);

/** The input of a command, with these words at the end of every text in it. */
export function withWords<I extends object>(command: string, input: I, words: string): I {
  const type = getNamedType(mutations[command].args[0].type) as GraphQLInputObjectType;
  return inObject(type, input, words) as I;
}

/** How many texts that a person writes an input has. */
export const countWords = (input: object, words: string): number => JSON.stringify(input).split(words).length - 1;

function inObject(type: GraphQLInputObjectType, value: object, words: string): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const field = type.getFields()[name] as { type: GraphQLInputType } | undefined;
      return [name, field && !NO_PROSE.has(name) ? inValue(field.type, one, words) : one];
    }),
  );
}

function inValue(type: GraphQLInputType, value: unknown, words: string): unknown {
  if (isNonNullType(type)) return inValue(type.ofType, value, words);
  if (value === null || value === undefined) return value;
  if (isListType(type)) return (value as unknown[]).map((one) => inValue(type.ofType, one, words));
  if (isInputObjectType(type)) return inObject(type, value, words);
  return type.name === 'String' ? `${value as string} ${words}` : value;
}
