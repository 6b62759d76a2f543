import { Field, InputType, Int } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { Command } from '#event-sourcing/command.js';
import { Id } from '../fields.js';

/** A command on an existing case. */
@InputType({ isAbstract: true })
export abstract class CaseCommand extends Command {
  @Id('The case.')
  caseId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Refuse (REVISION_CONFLICT) unless what you change is at this revision: that of the record you name, else that of the case.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  expectedRevision?: number | null;
}
