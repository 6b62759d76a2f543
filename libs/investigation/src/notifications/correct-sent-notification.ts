import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { standingNotification } from './notification-state.js';
import { sentFacts, SentNotificationCommand, SentNotificationFacts } from './sent-notification-fields.js';

@CommandInput(
  'Replaces what is recorded of a notification that was sent, whole; what it said stays in history. It stays acknowledged, unless it went to another party than the one that did so.',
)
export class CorrectSentNotification extends SentNotificationCommand {
  @Id('The notification.')
  notificationId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a notification that was sent was replaced, whole.' })
@StoredEvent<SentNotificationCorrected>('SentNotificationCorrected', {
  version: 1,
  stix: 'task: a later version of it (modified)',
  summary: ({ reason }) => `Sent notification corrected: ${excerpt(reason)}`,
})
export class SentNotificationCorrected extends SentNotificationFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctSentNotification = slice<CaseState, CorrectSentNotification>(
  CorrectSentNotification,
  (command, state) => {
    requireOpen(state);
    const { notificationId, reason } = command;
    const notification = standingNotification(state, notificationId, 'SENT');
    const facts = sentFacts(command, state);
    requireChanged(notification, facts);
    return [event(SentNotificationCorrected, { notificationId, ...facts, reason })];
  },
);
