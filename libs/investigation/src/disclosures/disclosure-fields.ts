import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Tlp, TLP_LEVELS } from '#access/cases/tlp.js';
import { IsId } from '#event-sourcing/command.js';
import { CaseCommand } from '../cases/case-command.js';
import { OptionalId, OptionalLine, When } from '../fields.js';
import { Pap } from '../marks/pap.js';
import { describedEnum } from '../values/described-enum.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';

export const Audience = describedEnum('Audience', 'As what somebody is disclosed something.', {
  PARTNER: 'A partner, by agreement.',
  REGULATOR: 'A regulator, court or other public authority.',
  CUSTOMER: 'Customers, or one of them.',
  INSURER: 'An insurer.',
  PUBLIC: 'Everybody: a publication.',
  OTHER: 'Somebody else.',
});
export type Audience = keyof typeof Audience;

const record = 'A record that is disclosed, as it stood at a revision of the case.';

@InputType('DisclosedRecordInput', { description: record })
export class DisclosedRecordInput {
  @Field(() => ID, { description: 'The record.' })
  @IsId()
  recordId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of the case at which it stood as it was disclosed; omitted: that of its last change, or, in a correction, the one that the disclosure names already.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2 ** 31 - 1)
  revision?: number | null;
}

@ObjectType({ description: record })
export class DisclosedRecord {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => Int, { description: 'The revision of the case at which it stood as it was disclosed.' })
  revision!: number;
}

/** What is said of a disclosure, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class DisclosureCommand extends CaseCommand {
  @Field(() => Audience, { description: 'As what they were told.' })
  @IsIn(Object.values(Audience))
  audience!: Audience;

  @OptionalId('The party who was told; omitted: nobody in particular, as of a publication.')
  toPartyId?: string | null;

  @OptionalId('The party who told; omitted: we ourselves.')
  fromPartyId?: string | null;

  @Field(() => [DisclosedRecordInput], { description: 'What was disclosed: 1 to 500 records of this case.' })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @ArrayUnique((one: DisclosedRecordInput | null) => one?.recordId)
  @ValidateNested({ each: true })
  disclosed!: DisclosedRecordInput[];

  @OptionalId('The record of this case, an authority for example, under which it was disclosed.')
  underRecordId?: string | null;

  @OptionalLine('The agreement or authority under which it was disclosed, in words.')
  agreement?: string | null;

  @Field(() => Tlp, { nullable: true, description: 'The TLP 2.0 mark that it was handed over with.' })
  @IsOptional()
  @IsIn(TLP_LEVELS)
  disclosedTlp?: Tlp | null;

  @Field(() => Pap, { nullable: true, description: 'The PAP mark that it was handed over with.' })
  @IsOptional()
  @IsIn(Object.values(Pap))
  disclosedPap?: Pap | null;

  @Field(() => Channel, { defaultValue: 'NOT_STATED', description: 'How it was told.' })
  @IsIn(Object.values(Channel))
  channel: Channel = 'NOT_STATED';

  @When('When it was told.')
  reportedAt: string = 'NOT_STATED';

  @When('By when they are to acknowledge it; not stated: they need not.')
  acknowledgementDue: string = 'NOT_STATED';

  @Field(() => TextInput, { nullable: true, description: 'What was said with it.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;
}

/** What is said of a disclosure, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class DisclosureFacts {
  @Field(() => ID, { description: 'The disclosure.' })
  disclosureId!: string;

  @Field(() => Audience, { description: 'As what they were told.' })
  audience!: Audience;

  @Field(() => ID, { nullable: true, description: 'The party who was told.' })
  toPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party who told.' })
  fromPartyId?: string;

  @Field(() => [DisclosedRecord], { description: 'What was disclosed.' })
  disclosed!: DisclosedRecord[];

  @Field(() => ID, {
    nullable: true,
    description: 'The record under which it was disclosed, an authority for example.',
  })
  underRecordId?: string;

  @Field(() => String, { nullable: true, description: 'The agreement or authority under which it was disclosed.' })
  agreement?: string;

  @Field(() => Tlp, { nullable: true, description: 'The TLP 2.0 mark that it was handed over with.' })
  disclosedTlp?: Tlp;

  @Field(() => Pap, { nullable: true, description: 'The PAP mark that it was handed over with.' })
  disclosedPap?: Pap;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => FuzzyTime, { description: 'When it was told, as stated.' })
  reportedAt!: string;

  @Field(() => FuzzyTime, { description: 'By when they are to acknowledge it, as stated.' })
  acknowledgementDue!: string;

  @Field(() => Text, { nullable: true, description: 'What was said with it.' })
  description?: Text;
}
