import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { type ReadModelsState } from '#read-models/read-models-state.js';
import { type RequestTrace } from './request-trace.js';

/** Hears of what requests lead to, for logs, metrics and traces. Nothing it does may throw or keep anybody waiting. */
export interface RequestObserver {
  /** A command is about to be carried out. */
  command(request: RequestTrace, name: string, command: CommandFields): ObservedCommand;
  /** An answer waited for what was just recorded. */
  waited(state: ReadModelsState): void;
}

/** A command on its way. */
export interface ObservedCommand {
  /** The trace context that its events are recorded in. */
  traceparent: string | undefined;
  done(result: CommandResult): void;
  /** It was refused, or failed. */
  refused(error: unknown): void;
}
