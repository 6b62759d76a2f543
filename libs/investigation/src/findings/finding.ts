import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { Confidence } from '../values/confidence.js';
import { Likelihood } from '../values/likelihood.js';
import { Text } from '../values/text.js';

@ObjectType({ description: 'What an investigation found, with what it rests on.' })
export class Finding extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => Text, { description: 'What was found.' })
  text!: Text;

  @Field(() => [ID], { description: 'The questions that it answers.' })
  answers!: string[];

  @Field(() => [ID], { description: 'The records that it rests on.' })
  support!: string[];

  @Field(() => [ID], { description: 'The records that speak against it.' })
  against!: string[];

  @Field(() => Likelihood, { nullable: true, description: 'How likely it is; null: not assessed.' })
  likelihood?: Likelihood;

  @Field(() => Confidence, { nullable: true, description: 'How good its basis is; null: not assessed.' })
  confidence?: Confidence;

  @Field(() => ID, { nullable: true, description: 'The party who found it; null: our own.' })
  assessedBy?: string;
}
