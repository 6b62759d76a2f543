import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type OperationTypeNode,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import { invalid } from '../errors.js';
import { costOf, tooCostly } from './cost.js';
import { Coercion, type Given } from './coercion.js';
import { fieldsIn, fragmentsByName, rootFieldsOf } from './limits.js';
import { CONDITION, liftArguments, type Slot } from './lift-arguments.js';
import { type DeclaredVariables, declaredVariables } from './variables.js';

/** Characters that a field takes in an operation's text: as many weigh what is made of one that a fragment stands for. */
const FIELD = 10;

/**
 * One operation, ready to be run again and again. Its arguments are lifted out, so that operations which differ only in
 * their values have one `shape`, compiled once, and no value a client sends ever reaches the compiler.
 */
export class PreparedOperation {
  readonly type: OperationTypeNode;
  readonly document: DocumentNode;
  /** The text of the operation and its fragments without their arguments' values. */
  readonly shape: string;
  /** What it takes to keep, in characters: those of its shape, or of all that its fragments stand for where they are spread. */
  readonly weight: number;
  /** The variables that `@skip` and `@include` depend on. */
  readonly conditions: readonly string[];
  /** The fields of the root type that it asks for, by their own names. */
  readonly rootFields: readonly string[];
  private readonly cost: ReturnType<typeof costOf>;
  private readonly slots: readonly Slot[];
  private readonly declared: DeclaredVariables;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.type = operation.operation;
    this.declared = declaredVariables(schema, operation.variableDefinitions);
    ({ document: this.document, slots: this.slots } = liftArguments(schema, document, operation));
    // Indented, an operation that selects much is three times as long, and too long to be kept compiled.
    this.shape = stripIgnoredCharacters(print(this.document));
    const fragments = fragmentsByName(document);
    const fields = fieldsIn(operation.selectionSet.selections, fragments);
    this.weight = Math.max(this.shape.length, FIELD * fields);
    this.rootFields = rootFieldsOf(operation.selectionSet.selections, fragments);
    this.cost = costOf(schema, operation, fragments);
    this.conditions = this.slots.filter(({ type }) => type === CONDITION).map(({ name }) => name);
  }

  /** The lifted arguments' values for one request, or what is wrong with them: LIMIT_EXCEEDED for what may come to too much. */
  argumentsFrom(given: Given): Record<string, unknown> | GraphQLError {
    const refused = tooCostly(this.cost(given));
    if (refused) return refused;
    try {
      return this.coerced(given);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  private coerced(given: Given): Record<string, unknown> | GraphQLError {
    const coercion = new Coercion(this.declared, given);
    coercion.checkDefaults();
    const values: Record<string, unknown> = {};
    const wrong: ASTNode[] = [];
    for (const { name, path, type, template, hasDefault, isAsked, node } of this.slots) {
      coercion.asksById = isAsked;
      const before = coercion.violations.length;
      if (!coercion.isAbsent(template)) values[name] = coercion.coerce(template, type, path);
      else if (!hasDefault) coercion.coerce(undefined, type, path);
      if (coercion.violations.length > before) wrong.push(node);
    }
    return coercion.violations.length === 0 ? values : invalid(coercion.violations, wrong);
  }
}
