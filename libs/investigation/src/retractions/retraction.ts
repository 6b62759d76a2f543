import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';

@ObjectType({ description: 'That a record was taken back.' })
export class Retraction {
  @Field(() => ID, { description: 'The record that was taken back.' })
  id!: string;

  @Field(() => String, { description: 'What kind of record it is: `observation`, `party`, …' })
  recordKind!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => Int, { description: "The case's revision when it was taken back." })
  revision!: number;

  @Field(() => Instant, { description: 'When it was taken back.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who took it back.' })
  recordedBy!: RecordedBy;
}
