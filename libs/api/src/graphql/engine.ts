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

/** Runs operations: queries and mutations compiled, once per shape; subscriptions, which graphql-jit gets wrong, by graphql-js. */
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
    let compiled = this.compiled.get(prepared.shape);
    if (!compiled) {
      // Compiled from a tree of its own: the compiler writes notes into it.
      const made = compileQuery(this.schema, parse(prepared.shape, { noLocation: true }), undefined, OPTIONS);
      if (!isCompiledQuery(made)) return made;
      compiled = made;
      this.compiled.set(prepared.shape, compiled, prepared.shape.length);
    }
    return compiled.query({}, contextValue, variableValues);
  }

  subscribe(args: PreparedArgs): ReturnType<typeof subscribe> {
    return subscribe(args);
  }
}

/** One fragment may stand in several places under different conditions. */
const OPTIONS = { useExperimentalPathBasedSkipInclude: true, disablingCapturingStackErrors: true };

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
