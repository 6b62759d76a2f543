import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, Length } from 'class-validator';
import { MOST_PRINCIPAL } from '#access/principal.js';
import { all } from '../fields.js';

/** Principals by their ids, one at least. */
export const Assignees = (description: string): PropertyDecorator =>
  all(
    Field(() => [String], {
      description: `${description} Principals' ids, 1 to 20, each of 1-${MOST_PRINCIPAL} characters.`,
    }),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(20),
    ArrayUnique(),
    Length(1, MOST_PRINCIPAL, { each: true }),
  );
