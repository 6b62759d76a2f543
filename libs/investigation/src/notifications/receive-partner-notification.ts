import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import {
  receivedFacts,
  ReceivedNotificationCommand,
  ReceivedNotificationFacts,
} from './received-notification-fields.js';

@CommandInput('Records that a partner notified us, or another party.')
export class ReceivePartnerNotification extends ReceivedNotificationCommand {
  @OptionalId('The id of the new notification, if you choose it: a UUID in lower case.')
  notificationId?: string | null;
}

@ObjectType({ description: 'A partner notified us, or another party.' })
@StoredEvent<PartnerNotificationReceived>('PartnerNotificationReceived', {
  version: 1,
  stix: 'incident: detection_methods external-notification; task external-intelligence, successful',
  summary: ({ text }) => `Partner notification received: ${excerpt(text.text)}`,
})
export class PartnerNotificationReceived extends ReceivedNotificationFacts {}

export const receivePartnerNotification = slice<CaseState, ReceivePartnerNotification>(
  ReceivePartnerNotification,
  (command, state, context) => {
    requireOpen(state);
    const facts = receivedFacts(command, state);
    const notificationId = newRecordId(state, command.notificationId, context);
    return [event(PartnerNotificationReceived, { notificationId, ...facts })];
  },
);
