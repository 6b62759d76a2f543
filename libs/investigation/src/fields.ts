import { Field, ID } from '@nestjs/graphql';
import { type Type } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';
import { IsShown } from '#event-sourcing/shown.js';
import { FuzzyTime, IsFuzzyTime } from './values/fuzzy-time-scalar.js';
import { SourceInput } from './values/source.js';
import { TextInput } from './values/text.js';

/** Several property decorators as one. */
export const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

const proseLimits = '1-20,000 characters.';

/** Required text. */
export const Prose = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { description: `${description} ${proseLimits}` }),
    Length(1, 20_000),
    IsShown(),
  );

/** Optional text. */
export const OptionalProse = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { nullable: true, description: `${description} ${proseLimits}` }),
    IsOptional(),
    Length(1, 20_000),
    IsShown(),
  );

/** Required short text. */
export const Line = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { description: `${description} 1-300 characters.` }),
    Length(1, 300),
    IsShown(),
  );

/** Optional short text. */
export const OptionalLine = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { nullable: true, description: `${description} 1-300 characters.` }),
    IsOptional(),
    Length(1, 300),
    IsShown(),
  );

/** Required text in its own language. */
export const Words = (description: string): PropertyDecorator =>
  all(
    Field(() => TextInput, { description }),
    ValidateNested(),
  );

/** Optional text in its own language. */
export const OptionalWords = (description: string): PropertyDecorator => OptionalPart(TextInput, description);

/** Who says what a record says. */
export const SaidBy = (description = 'Who says so, through whom, and how good that is.'): PropertyDecorator =>
  all(
    Field(() => SourceInput, { description }),
    ValidateNested(),
  );

/** An optional input object. */
export const OptionalPart = (type: Type<object>, description: string): PropertyDecorator =>
  all(
    Field(() => type, { nullable: true, description }),
    IsOptional(),
    ValidateNested(),
  );

/** A list of input objects, empty by default. */
export const Parts = (type: Type<object>, most: number, description: string): PropertyDecorator =>
  all(
    Field(() => [type], { defaultValue: [], description: `${description} At most ${most}.` }),
    IsArray(),
    ArrayMaxSize(most),
    ValidateNested({ each: true }),
  );

/** One value of an enum; `otherwise` is the default, without one it is required. */
export const Choice = (values: object, description: string, otherwise?: string): PropertyDecorator =>
  all(
    Field(() => values, { description, ...(otherwise === undefined ? {} : { defaultValue: otherwise }) }),
    IsIn(Object.values(values)),
  );

/** A required id. */
export const Id = (description: string): PropertyDecorator =>
  all(
    Field(() => ID, { description }),
    IsId(),
  );

/** An optional id. */
export const OptionalId = (description: string): PropertyDecorator =>
  all(
    Field(() => ID, { nullable: true, description }),
    IsOptional(),
    IsId(),
  );

/** A list of ids, empty by default. */
export const Ids = (description: string): PropertyDecorator =>
  all(
    Field(() => [ID], { defaultValue: [], description }),
    IsArray(),
    ArrayMaxSize(500),
    ArrayUnique(),
    IsId({ each: true }),
  );

/** A time that may be vague or not stated; not stated by default. */
export const When = (description: string): PropertyDecorator =>
  all(
    Field(() => FuzzyTime, { defaultValue: 'NOT_STATED', description }),
    IsFuzzyTime(),
  );

/** Whether an optional field of an input is given, rightly or wrongly. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A time that may be vague, in what replaces one that is recorded: omitted, that one stays. */
export const OptionalWhen = (description: string): PropertyDecorator =>
  all(
    Field(() => FuzzyTime, { nullable: true, description: `${description} Omitted: unchanged.` }),
    IsOptional(),
    IsFuzzyTime(),
  );
