import { Field, ID, ObjectType } from '@nestjs/graphql';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const EvidenceBearing = describedEnum('EvidenceBearing', 'What a record says to an assessment.', {
  FOR: 'It speaks for it.',
  AGAINST: 'It speaks against it.',
  NEUTRAL: 'It fits it as well as what competes with it: it tells them not apart.',
});
export type EvidenceBearing = keyof typeof EvidenceBearing;

/** A record weighed for or against an assessment, as its row shows it. */
@ObjectType({ description: 'A record that was weighed for or against an assessment.' })
export class Evidence {
  @Field(() => ID, { description: 'The record.' })
  evidenceId!: string;

  @Field(() => EvidenceBearing, { description: 'What it says to the assessment.' })
  bearing!: EvidenceBearing;

  @Field(() => Text, { nullable: true, description: 'Why so, or how much.' })
  remark?: Text;
}
