import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, ValidateNested } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Id, Ids, OptionalId, When } from '../fields.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';

/** What a notification that was sent says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class SentNotificationCommand extends CaseCommand {
  @Id('The party who was told.')
  toPartyId!: string;

  @OptionalId('The party who told.')
  fromPartyId?: string | null;

  @Field(() => TextInput, { description: 'What was told.' })
  @ValidateNested()
  text!: TextInput;

  @Field(() => Channel, { defaultValue: 'NOT_STATED', description: 'How it was told.' })
  @IsIn(Object.values(Channel))
  channel: Channel = 'NOT_STATED';

  @When('When it was told.')
  reportedAt: string = 'NOT_STATED';

  @Ids('Records of this case that it is about.')
  about: string[] = [];
}

/** What a notification that was sent says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class SentNotificationFacts {
  @Field(() => ID, { description: 'The notification.' })
  notificationId!: string;

  @Field(() => ID, { nullable: true, description: 'The party who was told.' })
  toPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party who told.' })
  fromPartyId?: string;

  @Field(() => Text, { description: 'What it says.' })
  text!: Text;

  @Field(() => Channel, { description: 'How it was told.' })
  channel!: Channel;

  @Field(() => FuzzyTime, { description: 'When it was told, as stated.' })
  reportedAt!: string;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}

/** The facts of a command, its references checked. */
export function sentFacts(
  command: SentNotificationCommand,
  state: Frozen<CaseState>,
): Omit<SentNotificationFacts, 'notificationId'> {
  const { toPartyId, fromPartyId, text, channel, reportedAt, about } = command;
  requireParties(state, [toPartyId, fromPartyId]);
  requireRecords(state, about);
  return { toPartyId, fromPartyId: fromPartyId ?? undefined, text, channel, reportedAt, about };
}
