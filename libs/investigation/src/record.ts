import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '#api/scalars.js';
import { RecordedBy } from '#api/recorded-by.js';

/** What every record of a case answers beside its own fields. */
@ObjectType({ isAbstract: true })
export abstract class CaseRecord {
  @Field(() => ID, { description: 'A UUID that never changes.' })
  id!: string;

  @Field(() => Int, {
    description: "The case's revision at the last change: give it as expectedRevision when you change the record.",
  })
  revision!: number;

  @Field(() => Instant, { description: 'When it was first recorded.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who first recorded it (not who speaks in it).' })
  recordedBy!: RecordedBy;
}
