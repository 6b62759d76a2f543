import { InputType, ObjectType } from '@nestjs/graphql';
import { Choice, Ids, OptionalLine, OptionalPart } from '../fields.js';
import { Amount } from '../values/amount.js';
import { describedEnum } from '../values/described-enum.js';

export const CostOf = describedEnum('CostOf', 'What a cost is the cost of.', {
  DEVELOPMENT: 'Developing it, all in all.',
  TRAINING: 'Training it.',
  USE: 'Using it.',
  NOT_STATED: 'The claim does not say.',
});
export type CostOf = keyof typeof CostOf;

const description = 'What a claim says of the cost: an amount, a comparison, or only words.';

/** What a claim says of the cost. */
@InputType('CostClaimInput', { description })
@ObjectType('CostClaim', { description })
export class CostClaim {
  @Choice(CostOf, 'What it is the cost of.', 'NOT_STATED')
  costOf: CostOf = 'NOT_STATED';

  @OptionalPart(Amount, 'How much it is.')
  amount?: Amount | null;

  @Ids('What it is compared with: products, parties or other records of this case.')
  comparedWith: string[] = [];

  @OptionalLine('The cost in the words of the claim: `a fraction of the cost`.')
  asStated?: string | null;
}
