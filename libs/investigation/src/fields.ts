import { Field, ID } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsOptional, Length } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';
import { FuzzyTime, IsFuzzyTime } from './values/fuzzy-time-scalar.js';

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
  );

/** Optional text. */
export const OptionalProse = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { nullable: true, description: `${description} ${proseLimits}` }),
    IsOptional(),
    Length(1, 20_000),
  );

/** Optional short text. */
export const OptionalLine = (description: string): PropertyDecorator =>
  all(
    Field(() => String, { nullable: true, description: `${description} 1-300 characters.` }),
    IsOptional(),
    Length(1, 300),
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
