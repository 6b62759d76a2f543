import { type Logger } from 'pino';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { codeOf } from '#api/errors.js';
import { type ObservedCommand, type RequestObserver } from '#api/request-observer.js';
import { type RequestTrace } from '#api/request-trace.js';
import { type ReadModelsState } from '#read-models/read-models-state.js';
import { milliseconds } from './logging/request-log.js';
import { type Metrics } from './metrics/metrics.js';
import { type CommandSpan, type Tracing } from './tracing/tracing.js';

/** Counts commands, writes a line for each where the log's level has it, and a span where there are traces. */
export class Observer implements RequestObserver {
  constructor(
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly tracing: Tracing | undefined,
  ) {}

  command(request: RequestTrace, name: string, command: CommandFields): ObservedCommand {
    return new CommandOnItsWay(this.metrics, this.logger, request, name, command, this.tracing?.command(request, name));
  }

  waited(state: ReadModelsState): void {
    this.metrics.waited(state);
  }
}

class CommandOnItsWay implements ObservedCommand {
  private readonly since = performance.now();

  constructor(
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly request: RequestTrace,
    private readonly name: string,
    private readonly command: CommandFields,
    private readonly span: CommandSpan | undefined,
  ) {}

  get traceparent(): string | undefined {
    return this.span?.traceparent ?? this.request.traceparent;
  }

  done({ stream, revision, sequence, repeated }: CommandResult): void {
    this.ended(repeated ? 'repeated' : 'stored', { stream, revision, sequence });
  }

  refused(error: unknown): void {
    this.ended(codeOf(error), {});
  }

  /** Of the command itself only its name and the two ids that its client chose: the rest is the case's. */
  private ended(outcome: string, place: { stream?: string; revision?: number; sequence?: number | null }): void {
    const { name: command, request } = this;
    this.metrics.command(command, outcome);
    const { commandId, correlationId } = this.command;
    const ids = { commandId, correlationId: correlationId ?? commandId };
    this.span?.end(outcome, { ...ids, ...place, sequence: place.sequence ?? undefined });
    if (!this.logger.isLevelEnabled('info')) return;
    const ms = milliseconds(performance.now() - this.since);
    const { id, traceparent } = request;
    this.logger.info({ request: id, command, ...ids, outcome, ...place, ms, traceparent }, 'command');
  }
}
