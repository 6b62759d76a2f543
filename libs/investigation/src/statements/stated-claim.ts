import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { Choice, Ids, OptionalPart } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const ClaimModality = describedEnum('ClaimModality', 'How firmly something is said.', {
  ASSERTED: 'Said to be so.',
  SUGGESTED: 'Said to follow, or to be likely, from something else.',
  POSSIBLE: 'Said to be possible.',
  CONDITIONAL: 'Said to be so if something else holds.',
  DENIED: 'Said not to be so.',
});
export type ClaimModality = keyof typeof ClaimModality;

const description = 'One thing that a statement says, as firmly as it says it.';

/** One thing that a statement says: never more certain than the speaker puts it. */
@InputType('StatedClaimInput', { description })
@ObjectType('StatedClaim', { description })
export class StatedClaim {
  @Field(() => Text, { description: 'What is said.' })
  @ValidateNested()
  text!: Text;

  @Choice(ClaimModality, 'How firmly.')
  modality!: ClaimModality;

  @OptionalPart(Text, 'What it hangs on, if it is conditional.')
  condition?: Text | null;

  @Ids('Parties and records of this case that it is about.')
  about: string[] = [];
}
