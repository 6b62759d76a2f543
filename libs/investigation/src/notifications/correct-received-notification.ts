import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { standingNotification } from './notification-state.js';
import {
  receivedFacts,
  ReceivedNotificationCommand,
  ReceivedNotificationFacts,
} from './received-notification-fields.js';

@CommandInput(
  'Replaces what is recorded of a notification that was received, whole; what it said stays in history. It stays acknowledged, unless it went to another party than the one that did so.',
)
export class CorrectReceivedNotification extends ReceivedNotificationCommand {
  @Id('The notification.')
  notificationId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a notification that was received was replaced, whole.' })
@StoredEvent<ReceivedNotificationCorrected>('ReceivedNotificationCorrected', {
  version: 1,
  stix: 'task: a later version of it (modified)',
  summary: ({ reason }) => `Received notification corrected: ${excerpt(reason)}`,
})
export class ReceivedNotificationCorrected extends ReceivedNotificationFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctReceivedNotification = slice<CaseState, CorrectReceivedNotification>(
  CorrectReceivedNotification,
  (command, state) => {
    requireOpen(state);
    const { notificationId, reason } = command;
    const notification = standingNotification(state, notificationId, 'RECEIVED');
    const facts = receivedFacts(command, state);
    requireChanged(notification, facts);
    return [event(ReceivedNotificationCorrected, { notificationId, ...facts, reason })];
  },
);
