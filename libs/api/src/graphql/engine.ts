import {
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  parse,
  subscribe,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { applyConditions } from './apply-conditions.js';
import { BoundedCache } from './bounded-cache.js';
import { withGiven } from './given.js';
import { Operations } from './operations.js';
import { PreparedOperation } from './prepared-operation.js';

/** A request's parameters as the client sent them. */
export interface OperationRequest {
  query: string;
  operationName?: string | null;
  variables?: Readonly<Record<string, unknown>> | null;
}

/** An operation with the values of its arguments, all coerced. */
export interface PreparedArgs extends ExecutionArgs {
  prepared: PreparedOperation;
}

/** Characters of the shapes of all compiled operations together. */
const CAPACITY = 524_288;

/**
 * Runs operations: queries and mutations compiled, once per shape and what its conditions leave of it; subscriptions, which
 * graphql-jit gets wrong, by graphql-js. What resolvers yield must not have getters that throw: behind a promise, the compiled
 * code would never answer.
 */
export class Engine {
  readonly operations: Operations;
  private readonly schema: GraphQLSchema;
  private readonly compiled = new BoundedCache<CompiledQuery>(CAPACITY);

  /** `report` hears of what goes wrong where no answer can carry it. */
  constructor(schema: GraphQLSchema, report: (error: unknown) => void) {
    guardTypeResolvers(schema, report);
    this.operations = new Operations(schema);
    this.schema = withGiven(schema);
  }

  /** How many compiled operations are kept at the moment. */
  get cached(): number {
    return this.compiled.size;
  }

  /** What a request asks for, ready to run, or why it cannot be run. */
  prepare(request: OperationRequest): PreparedArgs | GraphQLError {
    const prepared = this.operations.prepare(request.query, request.operationName);
    if (!(prepared instanceof PreparedOperation)) return prepared;
    const values = prepared.argumentsFrom(request.variables ?? {});
    if (values instanceof Error) return values;
    return { schema: this.schema, document: prepared.document, variableValues: values, prepared };
  }

  execute({ prepared, contextValue, variableValues }: PreparedArgs): Promise<ExecutionResult> | ExecutionResult {
    const { shape, conditions } = prepared;
    const key =
      conditions.length === 0 ? shape : shape + conditions.map((name) => Number(variableValues?.[name])).join('');
    let compiled = this.compiled.get(key);
    if (!compiled) {
      // From a tree of its own: the compiler writes notes into it.
      const document = applyConditions(parse(shape, { noLocation: true }), variableValues ?? {});
      const made = compileQuery(this.schema, document, undefined, { disablingCapturingStackErrors: true });
      if (!isCompiledQuery(made)) return made;
      compiled = made;
      this.compiled.set(key, compiled, key.length);
    }
    return compiled.query({}, contextValue, variableValues);
  }

  subscribe(args: PreparedArgs): ReturnType<typeof subscribe> {
    return subscribe(args);
  }
}

/** A compiled operation never answers if a type resolver throws: here it names no type instead, which fails its field alone. */
function guardTypeResolvers(schema: GraphQLSchema, report: (error: unknown) => void): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type) || !type.resolveType) continue;
    const resolveType = type.resolveType;
    type.resolveType = (...args) => {
      try {
        return resolveType(...args);
      } catch (error) {
        report(error);
        return undefined;
      }
    };
  }
}
