import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, Matches } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';

/** The longest chain of relays between a party that asserts something and the recorder. */
export const RELAYS_MAX = 20;

const description = 'Who asserts something, through whom it reached the recorder, and how far both are trusted.';

/** Who says something and through whom: parties of the same case. Grade: NATO's Admiralty code (AJP-2.1). */
@InputType('SourceInput', { description })
@ObjectType('Source', { description })
export class Source {
  @Field(() => ID, { description: 'The party that asserts it: the innermost end of the chain.' })
  @IsId()
  assertedBy!: string;

  @Field(() => [ID], {
    defaultValue: [],
    description:
      'The parties that relay it, outermost first: a report that says what a newspaper says is [report, newspaper]. ' +
      'At most 20; empty if the recorder has it from the asserting party itself.',
  })
  @IsArray()
  @ArrayMaxSize(RELAYS_MAX)
  @ArrayUnique()
  @IsId({ each: true })
  via: string[] = [];

  @Field(() => String, {
    nullable: true,
    description:
      'Admiralty grade. Reliability of the source: A completely reliable, B usually, C fairly, D not usually reliable, ' +
      'E unreliable, F cannot be judged. Then credibility of the information: 1 confirmed by other sources, ' +
      '2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. `B2`; null if not graded.',
  })
  @IsOptional()
  @Matches(/^[A-F][1-6]$/, {
    message: 'grade must be an Admiralty grade: a letter A to F and a digit 1 to 6, such as "B2"',
  })
  grade?: string | null;
}

/** The name of the same class in GraphQL inputs. */
export { Source as SourceInput };
