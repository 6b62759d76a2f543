import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Choice, Id, Ids, OptionalId, OptionalLine, OptionalWords, SaidBy, When, Words } from '../fields.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';

/** A referral to an authority, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class ReferralCommand extends CaseCommand {
  @Id('The authority that the matter is referred to: a party of this case.')
  authorityId!: string;

  @OptionalId('The party that refers it.')
  byPartyId?: string | null;

  @Words('What is referred.')
  description!: TextInput;

  @OptionalWords('The law, duty or agreement that it rests on.')
  legalBasis?: TextInput | null;

  @OptionalLine('The reference that the authority gave it.')
  reference?: string | null;

  @Choice(Channel, 'How it was sent.', 'NOT_STATED')
  channel: Channel = 'NOT_STATED';

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @When('When it was referred.')
  occurredAt: string = 'NOT_STATED';

  @SaidBy()
  source!: SourceInput;
}

/** A referral to an authority, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ReferralFacts {
  @Field(() => ID, { description: 'The referral.' })
  referralId!: string;

  @Field(() => ID, { description: 'The authority that the matter is referred to: a party of this case.' })
  authorityId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that refers it.' })
  byPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'What is referred.' })
  description?: Text;

  @Field(() => Text, { nullable: true, description: 'The law, duty or agreement that it rests on.' })
  legalBasis?: Text;

  @Field(() => String, { nullable: true, description: 'The reference that the authority gave it.' })
  reference?: string;

  @Field(() => Channel, { description: 'How it was sent.' })
  channel!: Channel;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function referralFacts(command: ReferralCommand, state: Frozen<CaseState>): Omit<ReferralFacts, 'referralId'> {
  const { authorityId, byPartyId, description, legalBasis } = command;
  const { reference, channel, about, occurredAt, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), authorityId, byPartyId]);
  requireRecords(state, about);
  const facts = {
    ...{ authorityId, byPartyId, description, legalBasis },
    ...{ reference, channel, about, occurredAt, source },
  };
  return facts as Omit<ReferralFacts, 'referralId'>;
}
