import {
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { templateOf } from './template.js';

export interface DeclaredVariable {
  name: string;
  type: GraphQLInputType;
  /** As if the client had sent it; undefined without a default. */
  default: unknown;
}

/** An operation's variables by name. */
export type DeclaredVariables = ReadonlyMap<string, DeclaredVariable>;

/** What an operation of a valid document declares: all its variables are of input types. */
export function declaredVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[] = [],
): DeclaredVariables {
  const declared = new Map<string, DeclaredVariable>();
  for (const { variable, type: node, defaultValue } of definitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, node);
    if (isInputType(type)) declared.set(name, { name, type, default: defaultValue && templateOf(defaultValue) });
  }
  return declared;
}
