import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, Length, Max, Min } from 'class-validator';
import { DEFAULT_PER_PAGE, MOST_PER_PAGE } from '../connection.js';

/** Types or cases that one feed may be narrowed to. */
export const MOST_NAMED = 100;
/** How long a query may wait for an event, in milliseconds: proxies give up an answer after 30 s. */
export const LONGEST_WAIT = 25_000;

const AFTER =
  'A cursor of this feed, or a sequence in decimals ("0": from the first event); omitted: from the first event.';

/** Types are an open set, which grows with every version: clients ask servers of several versions by one list. */
export const TYPES =
  'Only events of these types; omitted: of all. A type that there is not, as where it is misspelt, is not refused: it is never met.';

/** Where a feed goes on, and what it holds. */
@ArgsType()
export class FollowArgs {
  @Field(() => String, { nullable: true, description: AFTER })
  @IsOptional()
  @Length(1, 1000)
  after?: string | null;

  @Field(() => [String], { nullable: true, description: TYPES })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_NAMED)
  @Length(1, 200, { each: true })
  types?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only events of these cases; omitted: of all, and of none.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_NAMED)
  @Length(1, 200, { each: true })
  cases?: string[] | null;
}

@ArgsType()
export class EventsArgs extends FollowArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PER_PAGE,
    description: `How many to answer: 1 to ${MOST_PER_PAGE}.`,
  })
  @IsOptional()
  first?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `How long to wait for an event if there is none, in milliseconds: up to ${LONGEST_WAIT}; omitted: not at all.`,
  })
  @IsOptional()
  @Min(0)
  @Max(LONGEST_WAIT)
  waitMs?: number | null;
}

@ArgsType()
export class CaseEventsArgs {
  @Field(() => ID, { description: 'The id of the case.' })
  @Length(1, 200)
  caseId!: string;

  @Field(() => String, { nullable: true, description: AFTER })
  @IsOptional()
  @Length(1, 1000)
  after?: string | null;
}
