import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional, Length } from 'class-validator';
import { Instant, Sequence } from './scalars.js';

/** A past moment, told in exactly one of three ways. */
@InputType('AsOf', { description: 'A moment of the record: give exactly one of sequence, eventId and time.' })
export class AsOfInput {
  @Field(() => Sequence, { nullable: true, description: 'After the event with this sequence.' })
  @IsOptional()
  sequence?: number | null;

  @Field(() => ID, { nullable: true, description: 'After this event.' })
  @IsOptional()
  @Length(1, 200)
  eventId?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'After all that was recorded at this time or before, by the log time (it never runs backwards).',
  })
  @IsOptional()
  time?: string | null;
}
