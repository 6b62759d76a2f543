import { type Type } from '@nestjs/common';
import { type CommandBus } from '@nestjs/cqrs';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { attachContext } from './command-context.js';
import { type RequestContext } from './request-context.js';

/** A command as clients can send it. */
export interface SentCommand {
  /** As its mutation is called: `openCase`. */
  name: string;
  /** Its input class. */
  input: Type<object>;
  /** Whether it creates its subject, and whether it looks at other streams than its own. */
  creates?: boolean;
  needsOthers: boolean;
  /** What the server adds to the command before it is carried out. */
  prepare?: (command: object) => Record<string, string>;
}

/** Sends a valid command over the bus to the kernel, for whoever asks; `given` is what `prepare` added. */
export async function sendCommand(
  bus: CommandBus,
  { name }: Pick<SentCommand, 'name'>,
  command: object,
  context: RequestContext,
  given: Record<string, string>,
): Promise<CommandResult> {
  const observed = context.observe(name, command as CommandFields);
  attachContext(command, { principal: context.principal, given, traceparent: observed?.traceparent });
  try {
    const result = await bus.execute<never, CommandResult>(command as never);
    observed?.done(result);
    return result;
  } catch (error) {
    observed?.refused(error);
    throw error;
  }
}
