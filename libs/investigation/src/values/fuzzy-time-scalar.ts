import { Field, ObjectType } from '@nestjs/graphql';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { GraphQLScalarType, Kind } from 'graphql';
import { FuzzyTimeError } from './fuzzy-time-error.js';
import { type FuzzyTimeReading, NOT_STATED, parseFuzzyTime } from './fuzzy-time.js';

/** The GraphQL scalar of commands and events: the text exactly as stated, refused unless parseFuzzyTime reads it. */
export const FuzzyTime = new GraphQLScalarType<string, string>({
  name: 'FuzzyTime',
  description:
    'A time as its source states it, in EDTF (ISO 8601-2, level 1 and the seasons of level 2): `2025`, `2025-03`, ' +
    '`2025-03-07`, `2025-03-07T09:10+01:00` (a time of day needs its zone), `2024-23` (autumn 2024), `201X`, `2004-XX`, ' +
    '`2025-01~` (`?` uncertain, `~` approximate, `%` both), `2024-09/2024-11`, `../2025-01`, `2025-01/..`; ' +
    `or \`${NOT_STATED}\` if the source does not say.`,
  specifiedByURL: 'https://www.loc.gov/standards/datetime/',
  serialize: String,
  parseValue: (value) => checked(value),
  parseLiteral: (node) => checked(node.kind === Kind.STRING ? node.value : undefined),
});

function checked(value: unknown): string {
  if (typeof value !== 'string')
    throw new FuzzyTimeError(`must be a string, such as "2024-23" or "${NOT_STATED}" (FuzzyTime).`, 'WRONG_TYPE');
  return parseFuzzyTime(value).stated;
}

/** A fuzzy time in a read model: what was stated, and the bounds of its widest reading. */
@ObjectType('FuzzyTimeBounds', {
  description:
    'A time as it was stated, and the first and last instant that the statement allows (its widest reading).',
})
export class FuzzyTimeValue implements FuzzyTimeReading {
  @Field({ description: 'The time exactly as stated, in EDTF, or NOT_STATED.' })
  stated!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The first instant it allows, RFC 3339 in UTC; null if it is open at its start or not stated.',
  })
  earliest!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The last instant it allows (inclusive), RFC 3339 in UTC; null if it is open at its end or not stated.',
  })
  latest!: string | null;
}

/** Validates a text with parseFuzzyTime; the message is the field's name and that of the FuzzyTimeError. */
export function IsFuzzyTime(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isFuzzyTime',
      validator: {
        validate: (value: unknown) => problem(value) === null,
        defaultMessage: (args) => `$property ${problem(args?.value)}`,
      },
    },
    options,
  );
}

function problem(value: unknown): string | null {
  try {
    checked(value);
    return null;
  } catch (error) {
    if (error instanceof FuzzyTimeError) return error.message;
    throw error;
  }
}
