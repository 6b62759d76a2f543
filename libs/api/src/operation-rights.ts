import { type GraphQLError, type GraphQLSchema } from 'graphql';
import { type Principal, type Scope } from '#access/principal.js';
import { apiError } from './errors.js';
import { type PreparedOperation } from './graphql/prepared-operation.js';
import { scopeOf } from './needs-scope.js';

/** `FORBIDDEN` where the credential is not good for what takes this scope: `what` begins the sentence, like "The feed is". */
export function lacking({ scopes }: Pick<Principal, 'scopes'>, scope: Scope, what: string): GraphQLError | undefined {
  if (scopes.includes(scope)) return undefined;
  const message = `${what} for credentials with the scope ${scope}; ask an administrator for one.`;
  return apiError('FORBIDDEN', message, { scope });
}

/**
 * What a principal's credential is not good for: root fields outside its scopes, and the schema itself where it is not shown
 * to everybody (`schemaFor` names the scope it takes; null: none).
 */
export const rightsCheck =
  (schemaFor: 'OPERATIONS' | null) =>
  (principal: Principal, { type, rootFields }: PreparedOperation, schema: GraphQLSchema): GraphQLError | undefined => {
    for (const name of rootFields) {
      const ofSchema = name === '__schema' || name === '__type';
      const scope = ofSchema ? schemaFor : scopeOf(schema, type, name);
      const forbidden = scope && lacking(principal, scope, ofSchema ? 'The schema is' : `${name} is`);
      if (forbidden) return forbidden;
    }
    return undefined;
  };
