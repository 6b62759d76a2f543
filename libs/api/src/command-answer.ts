import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { ReadModelState } from './read-model-state.js';
import { Sequence } from './scalars.js';

@ObjectType({ description: 'An event that a command led to.' })
export class CommandEvent {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What happened: the name of the event.' })
  type!: string;

  @Field(() => Sequence, { nullable: true, description: 'Its place in the log; null if not known in time.' })
  sequence!: number | null;
}

/** What every mutation answers. */
@ObjectType({ isAbstract: true })
export abstract class CommandAnswer {
  @Field(() => [CommandEvent], {
    description: 'The events, in order. A retry is answered with those of the first time.',
  })
  events!: CommandEvent[];

  @Field(() => Int, { description: "The stream's revision after the last of the events." })
  revision!: number;

  @Field(() => Sequence, {
    nullable: true,
    description: 'The place in the log of the last of the events; null if not known in time.',
  })
  sequence!: number | null;

  @Field(() => ReadModelState, {
    description: 'Whether the answer was read back; what was recorded is durable in any case.',
  })
  readModel!: ReadModelState;
}

/** The part of an answer that the kernel gives. */
export const commandAnswer = (
  { events, revision, sequence }: CommandResult,
  readModel: ReadModelState,
): CommandAnswer => ({
  events,
  revision,
  sequence,
  readModel,
});
