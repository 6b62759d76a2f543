import { InputType, ObjectType } from '@nestjs/graphql';
import { Choice, Ids, Line, OptionalLine } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';

export const ComparisonOutcome = describedEnum('ComparisonOutcome', 'What a comparison comes to, as it is claimed.', {
  EQUALS: 'It equals the others.',
  EQUALS_OR_SURPASSES: 'It equals them or even surpasses them.',
  SURPASSES: 'It surpasses them.',
  FALLS_SHORT: 'It falls short of them.',
  DIFFERS: 'It differs from them.',
});
export type ComparisonOutcome = keyof typeof ComparisonOutcome;

const description = 'How a claim compares its products with others on one criterion.';

/** How a claim compares its products with others on one criterion. */
@InputType('ComparisonInput', { description })
@ObjectType('Comparison', { description })
export class Comparison {
  @Line('The criterion, as the claim names it: `mathematics`, `MMLU`.')
  criterion!: string;

  @Choice(ComparisonOutcome, 'What the comparison comes to.')
  outcome!: ComparisonOutcome;

  @Ids('What it is compared with: products, parties or other records of this case.')
  comparedWith: string[] = [];

  @OptionalLine('The outcome in the words of the claim: `90.2 %`.')
  asStated?: string | null;
}
