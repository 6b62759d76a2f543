import {
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  createSourceEventStream,
  isAbstractType,
  parse,
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

/** What all compiled operations weigh together, in characters: each takes 250 to 450 bytes compiled, 44 MB in all. */
const CAPACITY = 98_304;
/** Of one: what selects much far within is slowest to compile. */
const LARGEST = 65_536;

/**
 * Runs operations compiled, once per shape and what its conditions leave of it. The source of a subscription is found by
 * graphql-js, as graphql-jit hands it wrong arguments; what it yields is executed compiled. What resolvers yield must not have
 * getters that throw: behind a promise, the compiled code would never answer.
 */
export class Engine {
  readonly operations: Operations;
  private readonly schema: GraphQLSchema;
  private readonly compiled = new BoundedCache<CompiledQuery>(CAPACITY, LARGEST);

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

  execute({
    prepared,
    contextValue,
    variableValues,
    rootValue = {},
  }: PreparedArgs): Promise<ExecutionResult> | ExecutionResult {
    const { shape, weight, conditions } = prepared;
    const key =
      conditions.length === 0 ? shape : shape + conditions.map((name) => Number(variableValues?.[name])).join('');
    let compiled = this.compiled.get(key);
    if (!compiled) {
      // From a tree of its own: the compiler writes notes into it.
      const document = applyConditions(parse(shape, { noLocation: true }), variableValues ?? {});
      const made = compileQuery(this.schema, document, undefined, { disablingCapturingStackErrors: true });
      if (!isCompiledQuery(made)) return made;
      compiled = made;
      this.compiled.set(key, compiled, weight);
    }
    return compiled.query(rootValue, contextValue, variableValues);
  }

  /** What the source of a subscription yields, each executed as a query is; or why there is no source. */
  async subscribe(args: PreparedArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    return mapped(source, (rootValue) => this.execute({ ...args, rootValue }));
  }
}

/** The values of an iterable as they are made into others; told to end, it tells the iterable, though that may still be waiting. */
function mapped<T, R>(source: AsyncIterable<T>, make: (value: T) => R | Promise<R>): AsyncIterableIterator<R> {
  const values = source[Symbol.asyncIterator]();
  const end = { done: true, value: undefined } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      const step = await values.next();
      return step.done ? end : { done: false, value: await make(step.value) };
    },
    return: async () => {
      await values.return?.();
      return end;
    },
  };
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
