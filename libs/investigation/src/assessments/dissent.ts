import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { IsId } from '#event-sourcing/command.js';
import { Text } from '../values/text.js';

const description = 'Who does not share an assessment, and why.';

/** A view that differs from the assessment it stands beside. */
@InputType('DissentInput', { description })
@ObjectType('Dissent', { description })
export class Dissent {
  @Field(() => ID, {
    nullable: true,
    description: 'The party who dissents; null: somebody among those who made the assessment.',
  })
  @IsOptional()
  @IsId()
  partyId?: string | null;

  @Field(() => Text, { description: 'What they hold instead, and why.' })
  @ValidateNested()
  @Type(() => Text)
  text!: Text;
}

/** The name of the same class in GraphQL inputs. */
export { Dissent as DissentInput };
