import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { sentFacts, SentNotificationCommand, SentNotificationFacts } from './sent-notification-fields.js';

@CommandInput('Records that we, or another party, notified a partner.')
export class NotifyPartner extends SentNotificationCommand {
  @OptionalId('The id of the new notification, if you choose it: a UUID in lower case.')
  notificationId?: string | null;
}

@ObjectType({ description: 'A partner was notified.' })
@StoredEvent<PartnerNotified>('PartnerNotified', {
  version: 1,
  stix: 'task: external-outreach',
  summary: ({ text }) => `Partner notified: ${excerpt(text.text)}`,
})
export class PartnerNotified extends SentNotificationFacts {}

export const notifyPartner = slice<CaseState, NotifyPartner>(NotifyPartner, (command, state, context) => {
  requireOpen(state);
  const facts = sentFacts(command, state);
  const notificationId = newRecordId(state, command.notificationId, context);
  return [event(PartnerNotified, { notificationId, ...facts })];
});
