import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Command } from '#event-sourcing/command.js';
import { Id } from '../fields.js';

/** A command on terms that are recorded. */
@InputType({ isAbstract: true })
export abstract class TermsCommand extends Command {
  @Id('The terms.')
  termsId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse (REVISION_CONFLICT) unless the terms are at this revision.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  expectedRevision?: number | null;
}
