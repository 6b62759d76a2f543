import { type Type } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { Instant } from '#api/scalars.js';
import { FuzzyTime, IsFuzzyTime } from '../values/fuzzy-time-scalar.js';
import { CasePriority, CaseSeverity } from '../triage/case-ratings.js';
import { CaseKind, CaseStatus, Resolution } from './case-enums.js';

/** A filter on an enum's value: `eq` and `in`. */
function enumFilter(name: string, values: object): Type<{ eq?: string | null; in?: string[] | null }> {
  @InputType(name, { description: 'Which values count; what is given must all hold.' })
  class EnumFilter {
    @Field(() => values, { nullable: true, description: 'This value.' })
    @IsOptional()
    @IsIn(Object.keys(values))
    eq?: string | null;

    @Field(() => [values], { nullable: true, description: 'One of these.' })
    @IsOptional()
    @IsArray()
    @ArrayMaxSize(50)
    @IsIn(Object.keys(values), { each: true })
    in?: string[] | null;
  }
  return EnumFilter;
}

export const CaseKindFilter = enumFilter('CaseKindFilter', CaseKind);
export const CaseStatusFilter = enumFilter('CaseStatusFilter', CaseStatus);
export const ResolutionFilter = enumFilter('ResolutionFilter', Resolution);
export const CaseSeverityFilter = enumFilter('CaseSeverityFilter', CaseSeverity);
export const CasePriorityFilter = enumFilter('CasePriorityFilter', CasePriority);

@InputType({ description: 'A filter on text; what is given must all hold.' })
export class StringFilter {
  @Field(() => String, { nullable: true, description: 'Exactly this text.' })
  @IsOptional()
  @Length(1, 300)
  eq?: string | null;

  @Field(() => [String], { nullable: true, description: 'One of these texts.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Length(1, 300, { each: true })
  in?: string[] | null;
}

@InputType({ description: 'A filter on an exact moment; what is given must all hold.' })
export class InstantFilter {
  @Field(() => Instant, { nullable: true, description: 'Before this moment.' })
  @IsOptional()
  before?: string | null;

  @Field(() => Instant, { nullable: true, description: 'After this moment.' })
  @IsOptional()
  after?: string | null;
}

@InputType({
  description:
    'A filter on a time that may be vague: by the bounds of its widest reading. What is not stated never counts.',
})
export class FuzzyTimeFilter {
  @Field(() => FuzzyTime, { nullable: true, description: 'It may lie within this time: their bounds overlap.' })
  @IsOptional()
  @IsFuzzyTime()
  overlaps?: string | null;

  @Field(() => FuzzyTime, { nullable: true, description: 'It lies wholly before this time begins.' })
  @IsOptional()
  @IsFuzzyTime()
  before?: string | null;

  @Field(() => FuzzyTime, { nullable: true, description: 'It lies wholly after this time ends.' })
  @IsOptional()
  @IsFuzzyTime()
  after?: string | null;
}

@InputType({ description: 'Which cases count: everything that is given must hold. Filters nest by and, or, not.' })
export class CaseFilter {
  @Field(() => [CaseFilter], { nullable: true, description: 'All of these hold.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  and?: CaseFilter[] | null;

  @Field(() => [CaseFilter], { nullable: true, description: 'At least one of these holds.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  or?: CaseFilter[] | null;

  @Field(() => CaseFilter, { nullable: true, description: 'This does not hold.' })
  @IsOptional()
  @ValidateNested()
  not?: CaseFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'By number: CASE-2025-0001.' })
  @IsOptional()
  @ValidateNested()
  number?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'By title; case and accents do not count.' })
  @IsOptional()
  @ValidateNested()
  title?: StringFilter | null;

  @Field(() => CaseKindFilter, { nullable: true, description: 'By form of investigation.' })
  @IsOptional()
  @ValidateNested()
  kind?: InstanceType<typeof CaseKindFilter> | null;

  @Field(() => CaseStatusFilter, { nullable: true, description: 'By status.' })
  @IsOptional()
  @ValidateNested()
  status?: InstanceType<typeof CaseStatusFilter> | null;

  @Field(() => ResolutionFilter, { nullable: true, description: 'By resolution; a case that has none never counts.' })
  @IsOptional()
  @ValidateNested()
  resolution?: InstanceType<typeof ResolutionFilter> | null;

  @Field(() => CaseSeverityFilter, { nullable: true, description: 'By severity; a case not rated never counts.' })
  @IsOptional()
  @ValidateNested()
  severity?: InstanceType<typeof CaseSeverityFilter> | null;

  @Field(() => CasePriorityFilter, { nullable: true, description: 'By priority; a case not rated never counts.' })
  @IsOptional()
  @ValidateNested()
  priority?: InstanceType<typeof CasePriorityFilter> | null;

  @Field(() => StringFilter, { nullable: true, description: "By who leads it: a principal's id." })
  @IsOptional()
  @ValidateNested()
  lead?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: "By who works on it, one of them: a principal's id." })
  @IsOptional()
  @ValidateNested()
  assignee?: StringFilter | null;

  @Field(() => StringFilter, {
    nullable: true,
    description: 'By its tags, one of them; case and accents do not count.',
  })
  @IsOptional()
  @ValidateNested()
  tag?: StringFilter | null;

  @Field(() => InstantFilter, { nullable: true, description: 'By when it was recorded.' })
  @IsOptional()
  @ValidateNested()
  recordedAt?: InstantFilter | null;

  @Field(() => FuzzyTimeFilter, { nullable: true, description: 'By when the investigation began.' })
  @IsOptional()
  @ValidateNested()
  occurredAt?: FuzzyTimeFilter | null;
}
