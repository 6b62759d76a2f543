import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches, ValidateBy } from 'class-validator';
import { IsShown } from '#event-sourcing/shown.js';
import { describedEnum } from './described-enum.js';

export const AmountCertainty = describedEnum('AmountCertainty', 'How certain an amount is.', {
  ESTABLISHED: 'Counted, billed or found.',
  ESTIMATED: 'Estimated.',
  CLAIMED: 'Claimed by whoever suffers it or gains by it.',
  NOT_STATED: 'The source does not say.',
});
export type AmountCertainty = keyof typeof AmountCertainty;

const description =
  'An amount of money, as precisely as the source says and no more: `exact` or a range (`min`, `max` or both), with its currency, ' +
  "perhaps with the source's words in `asStated`; or `asStated` alone.";

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const DECIMAL = /^(0|[1-9]\d{0,17})(\.\d{1,4})?$/;

function Decimal(explanation: string): PropertyDecorator {
  return (target, key) => {
    const text = `${explanation} A decimal number without sign, such as \`1200000\` or \`12.50\`: up to 18 digits and 4 decimals.`;
    Field(() => String, { nullable: true, description: text })(target, key);
    IsOptional()(target, key);
    Matches(DECIMAL, { message: `${String(key)} must be a decimal number, such as "1200000" or "12.50"` })(target, key);
  };
}

/** Money that may be exact, a range, or only in words. Decimals are texts: no amount is rounded. */
@InputType('AmountInput', { description })
@ObjectType('Amount', { description })
export class Amount {
  @Field(() => AmountCertainty, { defaultValue: 'NOT_STATED', description: 'How certain it is.' })
  @IsIn(Object.keys(AmountCertainty))
  @IsOneAmount()
  certainty: AmountCertainty = 'NOT_STATED';

  @Field(() => String, { nullable: true, description: 'The currency by its ISO 4217 code, such as `EUR`.' })
  @IsOptional()
  @IsIn([...CURRENCIES], { message: 'currency must be the code of a currency (ISO 4217), such as "EUR"' })
  currency?: string | null;

  @Decimal('The one amount stated.')
  exact?: string | null;

  @Decimal('The least it can be; null if there is no lower bound.')
  min?: string | null;

  @Decimal('The most it can be; null if there is no upper bound.')
  max?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the source gives it as approximate ("about"); null says no more than false.',
  })
  @IsOptional()
  @IsBoolean()
  approximate?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'The amount in the words of its source, at most 300 characters: `billions`.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 300)
  @IsShown()
  asStated?: string | null;
}

/** The name of the same class in GraphQL inputs. */
export { Amount as AmountInput };

/** What keeps the fields of an amount from being one statement; null if nothing does. */
export function amountProblem({ currency, exact, min, max, approximate, asStated }: Amount): string | null {
  const has = (value: unknown): boolean => value !== undefined && value !== null;
  const ways = [has(exact), has(min) || has(max)].filter(Boolean).length;
  if (ways > 1) return 'give only one of exact and a range (min, max)';
  if (ways === 0 && !has(asStated)) return 'give exact, min or max, or the words of the source in asStated';
  if (ways === 1 && !has(currency)) return 'give the currency of a number; without one, put the words into asStated';
  if (ways === 0 && (approximate || has(currency)))
    return 'currency and approximate say something about a number: give one';
  if (has(min) && has(max) && tenThousandths(min!) > tenThousandths(max!)) return 'min must not be greater than max';
  return null;
}

/** A decimal as a whole number of its smallest unit; text that is none counts as nothing: it is refused for itself. */
function tenThousandths(decimal: string): bigint {
  if (!DECIMAL.test(decimal)) return 0n;
  const [whole, part = ''] = decimal.split('.');
  return BigInt(whole + part.padEnd(4, '0'));
}

function IsOneAmount(): PropertyDecorator {
  return ValidateBy({
    name: 'isOneAmount',
    validator: {
      validate: (_, args) => amountProblem(args!.object as Amount) === null,
      defaultMessage: (args) => `the amount must be one statement: ${amountProblem(args!.object as Amount)}`,
    },
  });
}
