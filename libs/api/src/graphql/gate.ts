import { type ExecutionResult, type GraphQLSchema, GraphQLError, OperationTypeNode } from 'graphql';
import { type Engine, type OperationRequest, type PreparedArgs } from './engine.js';
import { Place, PrincipalLoad } from './principal-load.js';
import { type PreparedOperation } from './prepared-operation.js';
import { QueryRun, type RunLimits, TIME_LIMIT } from './query-run.js';

/** A context whose reads can be stopped, and which tells when it waits. */
interface Limitable {
  limitedBy?: (limits: RunLimits) => void;
}

/** What is asked about who is asking, before an operation runs. */
export interface GateOptions<P> {
  /** What the principal may not use, as an error; undefined where it may. */
  forbids?: (principal: P, operation: PreparedOperation, schema: GraphQLSchema) => GraphQLError | undefined;
  /** Whose load an operation is; without it nobody's is bounded. */
  principalIdOf?: (principal: P) => string;
  /** Where operations are counted, those that come in by other ways too; without it only these, and as many as anybody likes. */
  load?: PrincipalLoad;
}

/** An operation that may run. */
export interface AdmittedArgs extends PreparedArgs {
  principalId: string | undefined;
}

/** Where every operation passes, by whatever way it came in: what it may ask for, how often, and how many run at once. */
export class Gate<P = unknown> {
  private readonly load: PrincipalLoad;

  constructor(
    private readonly engine: Engine,
    private readonly options: GateOptions<P>,
  ) {
    this.load = options.load ?? new PrincipalLoad(0);
  }

  /** What a request asks for, ready to run, or why it cannot be run. */
  admit(request: OperationRequest, principal: P | null | undefined): AdmittedArgs | GraphQLError {
    const { forbids, principalIdOf } = this.options;
    const principalId = principal == null ? undefined : principalIdOf?.(principal);
    const limited = principalId === undefined ? undefined : this.load.count(principalId);
    if (limited) return limited;
    const args = this.engine.prepare(request);
    if (args instanceof GraphQLError) return args;
    const forbidden = principal == null ? undefined : forbids?.(principal, args.prepared, args.schema);
    return forbidden ?? { ...args, principalId };
  }

  /** Mutations have the writer's queue; queries wait here for their principal's others. */
  execute(args: AdmittedArgs): Promise<ExecutionResult> | ExecutionResult {
    const { principalId, prepared } = args;
    const context = args.contextValue as Limitable | undefined;
    if (prepared.type !== OperationTypeNode.QUERY) {
      // What is read for an answer stops at its limit; what a mutation stores is never given up half way.
      context?.limitedBy?.({ timeMs: TIME_LIMIT });
      return this.engine.execute(args);
    }
    const place = principalId === undefined ? undefined : new Place(this.load, principalId);
    const run = new QueryRun(place, prepared.rootFields.filter((name) => name !== '__typename').length);
    context?.limitedBy?.(run);
    return run.answer(() => this.engine.execute(args));
  }
}
