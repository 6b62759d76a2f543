import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Instant } from '#api/scalars.js';
import { AnyRecord } from '../record-kinds.js';
import { describedEnum } from '../values/described-enum.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { type Place } from './timeline-order.js';

export const TimelineOrder = describedEnum('TimelineOrder', 'What the records of a case are put in order by.', {
  OCCURRED: 'When they occurred in the world; those of which nobody knows come last, apart.',
  RECORDED: 'When they were first recorded.',
});
export type TimelineOrder = keyof typeof TimelineOrder;

export const TimelinePlace = describedEnum('TimelinePlace', 'How a record came to its place in a timeline.', {
  DATED: 'By a time that it states.',
  ANCHORED: 'It states no time, and is known to have come before or after one that does.',
  UNDATED: 'Neither: it stands apart, at the end.',
});
export type TimelinePlace = Place;

@ObjectType({ description: 'A record in its place in time.' })
export class TimelineEntry {
  @Field(() => String, { description: 'What kind of record it is: `observation`, `statement`, …' })
  recordKind!: string;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => TimelinePlace, { description: 'How it came to its place by occurrence.' })
  place!: TimelinePlace;

  @Field(() => FuzzyTimeValue, { nullable: true, description: 'When it occurred; null: it states no time.' })
  occurred!: FuzzyTimeValue | null;

  @Field(() => String, { nullable: true, description: 'Which of its fields says when: `occurredAt`, `observedAt`, …' })
  occurredBy!: string | null;

  @Field(() => [ID], {
    description: 'Records that it is known to have come after, by links and by what it responds to.',
  })
  after!: string[];

  @Field(() => Instant, { description: 'When it was first recorded.' })
  recordedAt!: string;

  @Field(() => AnyRecord, { description: 'The record itself.' })
  record!: object;
}
