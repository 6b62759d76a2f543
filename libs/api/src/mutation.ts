import { Inject, type Type } from '@nestjs/common';
import { CommandBus, CommandHandler as HandlerOf } from '@nestjs/cqrs';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import { type GraphQLResolveInfo } from 'graphql';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { commandDescription } from '#event-sourcing/command.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { type Scope } from '#access/principal.js';
import { type Aggregate, type AnySlice } from '#event-sourcing/slice.js';
import { contextOf } from './command-context.js';
import { NeedsScope } from './needs-scope.js';
import { type RequestContext } from './request-context.js';
import { type SentCommand, sendCommand } from './send-command.js';

/** A resolver class that answers one mutation and a handler class that carries its command out. */
export interface MutationParts extends SentCommand {
  resolver: Type;
  handler: Type;
}

export interface MutationOptions<S, R> {
  slice: AnySlice<S>;
  aggregate: Aggregate<S>;
  /** What a credential must be good for; `CASES` unless given. */
  scope?: Scope;
  /** The answer's GraphQL type. */
  result: Type<R>;
  /** What the server adds to the command before it is carried out. */
  prepare?: (command: object) => Record<string, string>;
  /** The answer, from what the command led to. */
  answer: Answer<R>;
}

export type Answer<R> = (
  result: CommandResult,
  request: { context: RequestContext; info: GraphQLResolveInfo; given: Readonly<Record<string, string>> },
) => R | Promise<R>;

/** One mutation per command, named like it: sends the command over the bus to the kernel. */
export function mutation<S, R>(options: MutationOptions<S, R>): MutationParts {
  const { slice, aggregate, result, prepare, answer, scope } = options;
  const input = slice.command as unknown as Type<object>;
  const sent: SentCommand = { name: slice.name, input, creates: slice.creates, needsOthers: !!slice.needs, prepare };

  class CommandResolver {
    constructor(private readonly bus: CommandBus) {}

    async send(command: object, context: RequestContext, info: GraphQLResolveInfo): Promise<R> {
      const given = prepare?.(command) ?? {};
      const done = await sendCommand(this.bus, sent, command, context, given);
      return answer(done, { context, info, given });
    }
  }
  const { prototype } = CommandResolver;
  const send = Object.getOwnPropertyDescriptor(prototype, 'send')!;
  // Nest reads the types of constructors and arguments from here; a factory has no compiler to write them.
  Reflect.defineMetadata('design:paramtypes', [input, Object, Object], prototype, 'send');
  Inject(CommandBus)(CommandResolver, undefined, 0);
  Args('input', { type: () => input, description: 'What is to be recorded.' })(prototype, 'send', 0);
  Context()(prototype, 'send', 1);
  Info()(prototype, 'send', 2);
  Mutation(() => result, { name: slice.name, description: commandDescription(slice.command) })(prototype, 'send', send);
  if (scope) NeedsScope(scope)(prototype, 'send', send);
  Resolver()(CommandResolver);

  class SliceHandler {
    constructor(private readonly commands: CommandHandler) {}

    execute(command: never): Promise<CommandResult> {
      const { principal, given, traceparent } = contextOf(command);
      return this.commands.execute(aggregate, slice, command, principal, given, traceparent);
    }
  }
  Inject(CommandHandler)(SliceHandler, undefined, 0);
  HandlerOf(input)(SliceHandler);
  return { ...sent, resolver: CommandResolver, handler: SliceHandler };
}
