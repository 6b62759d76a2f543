import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  validate,
  NoUnusedFragmentsRule,
  specifiedRules,
} from 'graphql';
import { packageRoot } from '#event-sourcing/package-root.js';

const TEXT = readFileSync(join(packageRoot, 'schema.graphql'), 'utf8');
const schema = buildSchema(TEXT);
const served = new Map(
  parse(TEXT)
    .definitions.filter(isTypeDefinitionNode)
    .map((node) => [node.name.value, node]),
);

/** What a GraphQL block holds: the first operation's kind, or what it is without one. */
export function holds(text: string): 'query' | 'mutation' | 'subscription' | 'fragments' | 'types' {
  const { definitions } = parse(text);
  if (definitions.some(isTypeDefinitionNode)) return 'types';
  for (const node of definitions) if (node.kind === Kind.OPERATION_DEFINITION) return node.operation;
  return 'fragments';
}

/** What is wrong with a document by the schema, in words. */
export const invalid = (text: string): string[] =>
  validate(
    schema,
    parse(text),
    specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule),
  ).map(({ message }) => message);

/** The fields that a block shows of a type and that the schema does not have so. */
export function otherThanServed(text: string): string[] {
  const definitions = parse(text).definitions as readonly ObjectTypeDefinitionNode[];
  return definitions.flatMap((shown) => {
    const type = served.get(shown.name.value) as ObjectTypeDefinitionNode | undefined;
    const fields = new Set(type?.fields?.map(signature));
    return (shown.fields ?? [])
      .map(signature)
      .filter((one) => !fields.has(one))
      .map((one) => `${shown.name.value}.${one}`);
  });
}

/** A field without its descriptions. */
const signature = ({
  name,
  type,
  arguments: args = [],
}: NonNullable<ObjectTypeDefinitionNode['fields']>[number]): string =>
  `${name.value}(${args.map((arg) => `${arg.name.value}: ${print(arg.type)}`).join(', ')}): ${print(type)}`;
