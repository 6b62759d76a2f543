import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsOptional, Matches, MaxLength } from 'class-validator';
import { all } from '../fields.js';
import { foldText } from '../columns.js';

const limits = 'Up to 20 at once, each 1-60 characters on one line; case and accents do not tell them apart.';
const folded = (tag: unknown): unknown => (typeof tag === 'string' ? foldText(tag) : tag);

const each = all(
  IsArray(),
  ArrayMaxSize(20),
  ArrayUnique(folded),
  MaxLength(60, { each: true }),
  Matches(/^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\s\p{C}])?$/u, {
    each: true,
    message: 'each must be 1-60 characters on one line, without blanks at its ends',
  }),
);

/** Tags, one at least. */
export const Tags = (description: string): PropertyDecorator =>
  all(
    Field(() => [String], { description: `${description} ${limits}` }),
    ArrayNotEmpty(),
    each,
  );

/** Tags, or none. */
export const OptionalTags = (description: string): PropertyDecorator =>
  all(
    Field(() => [String], { nullable: true, description: `${description} ${limits}` }),
    IsOptional(),
    each,
  );
