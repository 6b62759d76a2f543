import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Takes back what was recorded of a notification, received or sent: it stays visible as withdrawn.')
export class WithdrawNotification extends CaseCommand {
  @Id('The notification.')
  notificationId!: string;

  @Prose('Why it is withdrawn.')
  reason!: string;
}

@ObjectType({ description: 'What was recorded of a notification was withdrawn.' })
@StoredEvent<NotificationWithdrawn>('NotificationWithdrawn', {
  version: 1,
  stix: 'task: revoked',
  summary: ({ reason }) => `Notification withdrawn: ${excerpt(reason)}`,
})
export class NotificationWithdrawn {
  @Field(() => ID, { description: 'The notification.' })
  notificationId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const withdrawNotification = slice<CaseState, WithdrawNotification>(WithdrawNotification, (command, state) => {
  requireOpen(state);
  const { notificationId, reason } = command;
  const notification = known(state.notifications, notificationId, 'notification');
  if (notification.retracted) refuse('ALREADY_WITHDRAWN', 'The notification is withdrawn already.');
  return [event(NotificationWithdrawn, { notificationId, reason })];
});
