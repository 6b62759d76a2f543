import { Field, ObjectType } from '@nestjs/graphql';
import { describedEnum } from '../values/described-enum.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Quantity } from '../values/quantity.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

export const EffectKind = describedEnum('EffectKind', 'What effect a countermeasure had.', {
  AS_INTENDED: 'What it was meant to have.',
  PARTIAL: 'Some of what it was meant to have.',
  NONE: 'None that was seen.',
  EVADED: 'It was got round.',
  ADVERSE: 'One that was not wanted.',
  NOT_STATED: 'The source does not say.',
});
export type EffectKind = keyof typeof EffectKind;

@ObjectType({ description: 'What was observed of the effect of a countermeasure.' })
export class CountermeasureEffect {
  @Field(() => EffectKind, { description: 'What effect it had.' })
  effectKind!: EffectKind;

  @Field(() => Text, { description: 'What was observed.' })
  description!: Text;

  @Field(() => [Quantity], { description: 'How much of what.' })
  quantities!: Quantity[];

  @Field(() => FuzzyTimeValue, { description: 'When it was observed.' })
  observedAt!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
