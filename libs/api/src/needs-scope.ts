import { Extensions } from '@nestjs/graphql';
import { type GraphQLSchema, type OperationTypeNode } from 'graphql';
import { type Scope } from '#access/principal.js';

/** Marks a query, mutation or subscription with what a credential must be good for; without a mark that is `CASES`. */
export const NeedsScope = (scope: Scope): MethodDecorator & PropertyDecorator => Extensions({ scope });

/** What a credential must be good for to use a root field; undefined for what tells nothing (`__typename`) or is no field. */
export function scopeOf(schema: GraphQLSchema, operation: OperationTypeNode, field: string): Scope | undefined {
  const definition = schema.getRootType(operation)?.getFields()[field];
  return definition && ((definition.extensions.scope as Scope | undefined) ?? 'CASES');
}
