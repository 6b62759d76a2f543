import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '#api/scalars.js';
import { RecordedBy } from '#api/recorded-by.js';
import { Known } from './knowledge/known.js';

/** What a case and each of its records answers beside its own fields. */
@ObjectType({ isAbstract: true })
export abstract class Recorded {
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

  @Field(() => Known, {
    nullable: true,
    description: 'How well the party of knownAsOf knew it; null where that is not asked, and of the case itself.',
  })
  known?: Known;
}

/** What every record of a case answers beside its own fields. */
@ObjectType({ isAbstract: true })
export abstract class CaseRecord extends Recorded {
  @Field(() => ID, {
    nullable: true,
    description:
      'The case that it stands in, where that is merged into the one that is read: there it is changed. Null: the case itself.',
  })
  mergedFrom?: string;
}
