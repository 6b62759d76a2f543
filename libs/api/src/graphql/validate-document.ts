import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoFragmentCyclesRule,
  OperationTypeNode,
  ProvidedRequiredArgumentsRule,
  type SelectionNode,
  specifiedRules,
  validate,
  ValuesOfCorrectTypeRule,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { apiError, invalid } from '../errors.js';
import { MOST_TOKENS } from './limits.js';

/**
 * GraphQL's rules, those for arguments' values excepted: `Coercion` checks these for literals and variables alike. The one for
 * fragments that hold themselves is asked first, and apart: see `fragmentCycles`.
 */
const RULES = specifiedRules.filter(
  (rule) => ![ValuesOfCorrectTypeRule, ProvidedRequiredArgumentsRule, NoFragmentCyclesRule].includes(rule),
);

/** The violation's code by the rule that was broken; `DOCUMENT` for the others. */
const CODES: Readonly<Record<string, string>> = {
  FieldsOnCorrectTypeRule: 'UNKNOWN_FIELD',
  KnownArgumentNamesRule: 'UNKNOWN_ARGUMENT',
  KnownTypeNamesRule: 'UNKNOWN_TYPE',
  KnownDirectivesRule: 'UNKNOWN_DIRECTIVE',
  NoUndefinedVariablesRule: 'UNKNOWN_VARIABLE',
  NoUnusedVariablesRule: 'UNUSED_VARIABLE',
  ScalarLeafsRule: 'SELECTION',
  UniqueInputFieldNamesRule: 'DUPLICATE_FIELD',
  VariablesInAllowedPositionRule: 'WRONG_TYPE',
};

/** What graphql-js says where it gives up comparing fields with fields. */
const ABORTED = 'Validation aborted.';

/** Reports under the rule's code. */
function coded(rule: ValidationRule, codeOf: WeakMap<GraphQLError, string>): ValidationRule {
  return (context: ValidationContext) => {
    const reportError = (error: GraphQLError) => {
      codeOf.set(error, CODES[rule.name] ?? 'DOCUMENT');
      context.reportError(error);
    };
    return rule(Object.create(context, { reportError: { value: reportError } }) as ValidationContext);
  };
}

/**
 * What a subscription is to follow depends on no condition (GraphQL, 5.2.4.1). graphql-js has no such rule, and throws where it
 * counts the fields behind a variable's condition, or finds none left.
 */
const UnconditionalSubscriptionsRule: ValidationRule = (context) => ({
  // Looked through from where they are spread.
  FragmentDefinition: () => false,
  OperationDefinition({ operation, selectionSet }) {
    if (operation !== OperationTypeNode.SUBSCRIPTION) return false;
    for (const node of conditionsOn(selectionSet.selections, context)) {
      const message = `A subscription takes no @${node.name.value} on what it selects at its root.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    }
    return false;
  },
});

function conditionsOn(selections: readonly SelectionNode[], context: ValidationContext): DirectiveNode[] {
  return selections.flatMap((node) => {
    const holder = node.kind === Kind.FRAGMENT_SPREAD ? context.getFragment(node.name.value) : node;
    const own = node.directives?.filter(({ name }) => name.value === 'skip' || name.value === 'include') ?? [];
    const within = holder && holder.kind !== Kind.FIELD ? conditionsOn(holder.selectionSet.selections, context) : [];
    return [...own, ...within];
  });
}

/** `VALIDATION_FAILED` with what is wrong with a document without cycles, its arguments' values apart; undefined if nothing is. */
export const validateDocument = (schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined =>
  validateBy([UnconditionalSubscriptionsRule], schema, document) ?? validateBy(RULES, schema, document);

/** `VALIDATION_FAILED` if fragments hold themselves; looks at each spread once, however much the document stands for. */
export const fragmentCycles = (schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined =>
  validateBy([NoFragmentCyclesRule], schema, document);

function validateBy(
  those: readonly ValidationRule[],
  schema: GraphQLSchema,
  document: DocumentNode,
): GraphQLError | undefined {
  const codeOf = new WeakMap<GraphQLError, string>();
  const rules = those.map((rule) => coded(rule, codeOf));
  const errors = validate(schema, document, rules, { maxErrors: 20 });
  if (errors.length === 0) return undefined;
  if (errors.some(({ message }) => message === ABORTED)) {
    const message = 'The document selects the same fields too often to be checked; select each once, or split it.';
    return apiError('LIMIT_EXCEEDED', message, { limit: 'repetitions' });
  }
  const violations = errors.map((error) => ({
    path: nameOf(error.nodes?.[0]),
    code: codeOf.get(error) ?? 'DOCUMENT',
    message: brief(error.message),
  }));
  return invalid(
    violations,
    errors.flatMap(({ nodes }) => nodes?.slice(0, 2) ?? []),
  );
}

/** What the parser could not read, as `VALIDATION_FAILED`; `LIMIT_EXCEEDED` where it gave up. */
export function unreadable(error: GraphQLError): GraphQLError {
  if (error.message.includes('Parsing aborted')) {
    const message = `A document may hold ${MOST_TOKENS} words and signs; split it, or send values as variables.`;
    return apiError('LIMIT_EXCEEDED', message, { limit: 'tokens', allowed: MOST_TOKENS });
  }
  const message = brief(error.message);
  const violations = [{ path: '', code: 'SYNTAX', message }];
  const { source, positions } = error;
  return new GraphQLError(message, { source, positions, extensions: { code: 'VALIDATION_FAILED', violations } });
}

function nameOf(node: ASTNode | undefined): string {
  return node && 'name' in node && node.name ? clip(node.name.value, 60) : '';
}

/** Without guesses at what was meant (they list the schema), and without echoing long texts. */
function brief(message: string): string {
  return clip(message.replace(/ Did you mean [^?]*\?/, ''), 300);
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
