import { Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateBy } from 'class-validator';
import { IsShown } from '#event-sourcing/shown.js';
import { QuantityKind } from './enums.js';

const description =
  'How much or how many, as precisely as the source says and no more: exactly one of `exact`, a range (`min`, `max` or both) ' +
  "and `magnitude`, perhaps with the source's words in `asStated`; or `asStated` alone.";

/** A whole number, 0 to 2^53-1, as a GraphQL Float: an Int ends at 2^31-1. */
export function WholeNumber(explanation: string): PropertyDecorator {
  return (target, key) => {
    Field(() => Float, { nullable: true, description: `${explanation} A whole number, 0 to 2^53-1.` })(target, key);
    IsOptional()(target, key);
    IsInt()(target, key);
    Min(0)(target, key);
    Max(Number.MAX_SAFE_INTEGER)(target, key);
  };
}

/** A count that may be exact, a range, an order of magnitude, or only in words. */
@InputType('QuantityInput', { description })
@ObjectType('Quantity', { description })
export class Quantity {
  @Field(() => QuantityKind, { description: 'What is counted.' })
  @IsIn(Object.keys(QuantityKind))
  @IsOneStatement()
  of!: QuantityKind;

  @WholeNumber('The one number stated.')
  exact?: number | null;

  @WholeNumber('The least it can be; null if there is no lower bound.')
  min?: number | null;

  @WholeNumber('The most it can be; null if there is no upper bound.')
  max?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Its order of magnitude, a power of ten, 0 to 24: 6 means millions.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(24)
  magnitude?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the source gives its number or range as approximate ("about"); null says no more than false.',
  })
  @IsOptional()
  @IsBoolean()
  approximate?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'The quantity in the words of its source, at most 300 characters: `large quantity`.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsShown()
  asStated?: string | null;
}

/** The name of the same class in GraphQL inputs. */
export { Quantity as QuantityInput };

/** What keeps the fields of a quantity from being one statement; null if nothing does. */
export function quantityProblem(quantity: Quantity): string | null {
  const has = (value: unknown): boolean => value !== undefined && value !== null;
  const { exact, min, max, magnitude, approximate, asStated } = quantity;
  const ways = [has(exact), has(min) || has(max), has(magnitude)].filter(Boolean).length;
  if (ways > 1) return 'give only one of exact, a range (min, max) and magnitude';
  if (ways === 0 && !has(asStated)) return 'give exact, min, max or magnitude, or the words of the source in asStated';
  if (ways === 0 && approximate) return 'approximate says something about a number: give one, or leave it out';
  if (has(min) && has(max) && min! > max!) return 'min must not be greater than max';
  return null;
}

function IsOneStatement(): PropertyDecorator {
  return ValidateBy({
    name: 'isOneStatement',
    validator: {
      validate: (_, args) => quantityProblem(args!.object as Quantity) === null,
      defaultMessage: (args) => `the quantity must be one statement: ${quantityProblem(args!.object as Quantity)}`,
    },
  });
}
