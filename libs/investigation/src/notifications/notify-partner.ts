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
import { Text, TextInput } from '../values/text.js';
import { Channel } from '../values/enums.js';

@CommandInput('Records that we, or another party, notified a partner.')
export class NotifyPartner extends CaseCommand {
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

  @OptionalId('The id of the new notification, if you choose it: a UUID in lower case.')
  notificationId?: string | null;
}

@ObjectType({ description: 'A partner was notified.' })
@StoredEvent<PartnerNotified>('PartnerNotified', {
  version: 1,
  stix: 'task: external-outreach',
  summary: ({ text }) => `Partner notified: ${excerpt(text.text)}`,
})
export class PartnerNotified {
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

export const notifyPartner = slice<CaseState, NotifyPartner>(NotifyPartner, (command, state, context) => {
  requireOpen(state);
  const { toPartyId, fromPartyId, text, channel, reportedAt, about } = command;
  requireParties(state, [toPartyId, fromPartyId]);
  requireRecords(state, about);
  const notificationId = newRecordId(state, command.notificationId, context);
  return [
    event(PartnerNotified, {
      notificationId,
      toPartyId,
      fromPartyId,
      text,
      channel,
      reportedAt,
      about,
    } as PartnerNotified),
  ];
});
