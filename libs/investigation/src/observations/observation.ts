import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CaseRecord } from '../record.js';
import { describedEnum } from '../values/described-enum.js';
import { AccessChannel } from '../values/enums.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Quantity } from '../values/quantity.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

export const ObservationStatus = describedEnum('ObservationStatus', 'Whether an observation stands.', {
  RECORDED: 'As first recorded.',
  CORRECTED: 'Corrected since: it says now what the last correction says.',
  WITHDRAWN: 'Taken back: it no longer counts.',
});
export type ObservationStatus = keyof typeof ObservationStatus;

@ObjectType({ description: 'Suspicious activity that was observed.' })
export class Observation extends CaseRecord {
  @Field(() => ObservationStatus, { description: 'Whether it stands.' })
  status!: ObservationStatus;

  @Field(() => Text, { description: 'What was observed.' })
  description!: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => [ID], { description: 'Parties whose activity it is.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Parties who observed it.' })
  observedBy!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When the activity took place.' })
  occurredAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { description: 'When it was observed.' })
  observedAt!: FuzzyTimeValue;

  @Field(() => [Quantity], { description: 'How much of what.' })
  quantities!: Quantity[];

  @Field(() => AccessChannel, { nullable: true, description: 'By what way the service was used; null: not stated.' })
  accessChannel?: AccessChannel;

  @Field(() => String, { nullable: true, description: 'The product that was used.' })
  product?: string;

  @Field(() => String, { nullable: true, description: 'The model that was used.' })
  model?: string;

  @Field(() => String, { nullable: true, description: 'The endpoint that was used.' })
  endpoint?: string;

  @Field(() => [ID], { description: 'Techniques of the case that it shows in use.' })
  techniques!: string[];

  @Field(() => [ID], { description: 'Exhibits of the case that it rests on.' })
  exhibits!: string[];
}
