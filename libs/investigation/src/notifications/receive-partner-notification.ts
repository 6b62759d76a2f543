import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsIn, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, newRecordId, requireOpen, requireParties, requireRecords } from '../cases/case-state.js';
import { excerpt } from '../excerpt.js';
import { Id, Ids, OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';
import { Channel } from '../values/enums.js';

@CommandInput('Records that a partner notified us, or another party.')
export class ReceivePartnerNotification extends CaseCommand {
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

  @OptionalId('The id of the new notification, if you choose it: a UUID in lower case.')
  notificationId?: string | null;
}

@ObjectType({ description: 'A partner notified us, or another party.' })
@StoredEvent<PartnerNotificationReceived>('PartnerNotificationReceived', {
  version: 1,
  stix: 'incident: detection_methods external-notification; task external-intelligence, successful',
  summary: ({ text }) => `Partner notification received: ${excerpt(text.text)}`,
})
export class PartnerNotificationReceived {
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

export const receivePartnerNotification = slice<CaseState, ReceivePartnerNotification>(
  ReceivePartnerNotification,
  (command, state, context) => {
    requireOpen(state);
    const { fromPartyId, toPartyId, text, source, channel, reportedAt, learnedAt, about } = command;
    requireParties(state, [fromPartyId, toPartyId, source.assertedBy, ...(source.via ?? [])]);
    requireRecords(state, about);
    const notificationId = newRecordId(state, command.notificationId, context);
    const facts = { notificationId, fromPartyId, toPartyId, text, source, channel, reportedAt, learnedAt, about };
    return [event(PartnerNotificationReceived, facts as PartnerNotificationReceived)];
  },
);
