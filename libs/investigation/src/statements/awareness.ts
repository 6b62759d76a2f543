import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { ValidateNested } from 'class-validator';
import { Choice, Id, Ids, When } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const AwarenessKind = describedEnum('AwarenessKind', 'What somebody is said to have known.', {
  KNEW: 'Knew it.',
  SUSPECTED: 'Suspected it.',
  COULD_HAVE_KNOWN: 'Could or should have known it.',
  DID_NOT_KNOW: 'Did not know it.',
});
export type AwarenessKind = keyof typeof AwarenessKind;

const description = 'What a statement says that somebody knew: the speaker, or the party that it speaks for.';

/** What a statement says that somebody knew, and since when. */
@InputType('AwarenessInput', { description })
@ObjectType('Awareness', { description })
export class Awareness {
  @Id('Who is said to have known it: a party of this case.')
  knowerId!: string;

  @Choice(AwarenessKind, 'Whether it was known.')
  awarenessKind!: AwarenessKind;

  @Field(() => Text, { description: 'What is said to have been known.' })
  @ValidateNested()
  text!: Text;

  @When('Since when, as stated.')
  since: string = 'NOT_STATED';

  @Ids('Parties and records of this case that were known of.')
  about: string[] = [];
}
