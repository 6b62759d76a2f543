import { type Principal } from '#access/principal.js';
import { type Context } from '#event-sourcing/slice.js';

/** Who sent a command, and what the server adds to it. */
export interface CommandContext {
  principal: Principal;
  given?: Context['given'];
  /** The trace context that the events are recorded in. */
  traceparent?: string;
}

/** Nest's command bus hands handlers the command alone: what goes with it is kept here. */
const contexts = new WeakMap<object, CommandContext>();

/** Says who sends a command, before it goes to the bus. */
export function attachContext(command: object, context: CommandContext): void {
  contexts.set(command, context);
}

/** Who sent a command. Throws an Error for one that nothing was attached to. */
export function contextOf(command: object): CommandContext {
  const context = contexts.get(command);
  if (!context) throw new Error(`${command.constructor.name} was sent without a principal.`);
  return context;
}
