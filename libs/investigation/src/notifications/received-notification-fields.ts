import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, ValidateNested } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Id, Ids, OptionalId, When } from '../fields.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';

/** What a notification that was received says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class ReceivedNotificationCommand extends CaseCommand {
  @Id('The party who told.')
  fromPartyId!: string;

  @OptionalId('The party who was told.')
  toPartyId?: string | null;

  @Field(() => TextInput, { description: 'What was told.' })
  @ValidateNested()
  text!: TextInput;

  @Field(() => SourceInput, { description: 'Who says that it was told, through whom, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;

  @Field(() => Channel, { defaultValue: 'NOT_STATED', description: 'How it was told.' })
  @IsIn(Object.values(Channel))
  channel: Channel = 'NOT_STATED';

  @When('When it was told.')
  reportedAt: string = 'NOT_STATED';

  @When('When whom it was told to came to know it.')
  learnedAt: string = 'NOT_STATED';

  @Ids('Records of this case that it is about.')
  about: string[] = [];
}

/** What a notification that was received says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ReceivedNotificationFacts {
  @Field(() => ID, { description: 'The notification.' })
  notificationId!: string;

  @Field(() => ID, { nullable: true, description: 'The party who told.' })
  fromPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party who was told.' })
  toPartyId?: string;

  @Field(() => Text, { description: 'What it says.' })
  text!: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => FuzzyTime, { description: 'When it was told, as stated.' })
  reportedAt!: string;

  @Field(() => FuzzyTime, { description: 'When whom it was told to came to know it, as stated.' })
  learnedAt!: string;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}

/** The facts of a command, its references checked. */
export function receivedFacts(
  command: ReceivedNotificationCommand,
  state: Frozen<CaseState>,
): Omit<ReceivedNotificationFacts, 'notificationId'> {
  const { fromPartyId, toPartyId, text, source, channel, reportedAt, learnedAt, about } = command;
  requireParties(state, [fromPartyId, toPartyId, source.assertedBy, ...(source.via ?? [])]);
  requireRecords(state, about);
  return { fromPartyId, toPartyId: toPartyId ?? undefined, text, source, channel, reportedAt, learnedAt, about };
}
