import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known, requireParties } from '../known-records.js';
import { Id, OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, TextInput } from '../values/text.js';

@CommandInput('Records that a notification was acknowledged.')
export class AcknowledgeNotification extends CaseCommand {
  @Id('The notification.')
  notificationId!: string;

  @OptionalId('The party who acknowledged it.')
  byPartyId?: string | null;

  @When('When it was acknowledged.')
  acknowledgedAt: string = 'NOT_STATED';

  @Field(() => TextInput, { nullable: true, description: 'What was said.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

@ObjectType({ description: 'A notification was acknowledged.' })
@StoredEvent<NotificationAcknowledged>('NotificationAcknowledged', {
  version: 1,
  stix: 'task: external-outreach, outcome successful',
  summary: () => 'Notification acknowledged',
})
export class NotificationAcknowledged {
  @Field(() => ID, { description: 'The notification.' })
  notificationId!: string;

  @Field(() => ID, { nullable: true, description: 'The party who acknowledged it.' })
  byPartyId?: string;

  @Field(() => FuzzyTime, { description: 'When it was acknowledged, as stated.' })
  acknowledgedAt!: string;

  @Field(() => Text, { nullable: true, description: 'What was said.' })
  remark?: Text;
}

export const acknowledgeNotification = slice<CaseState, AcknowledgeNotification>(
  AcknowledgeNotification,
  (command, state) => {
    requireOpen(state);
    const { notificationId, byPartyId, acknowledgedAt, remark } = command;
    const notification = known(state.notifications, notificationId, 'notification');
    if (notification.retracted) refuse('NOTIFICATION_WITHDRAWN', 'The notification is withdrawn; record a new one.');
    if (notification.acknowledged) refuse('ALREADY_ACKNOWLEDGED', 'The notification is acknowledged already.');
    requireParties(state, [byPartyId]);
    return [
      event(NotificationAcknowledged, {
        notificationId,
        byPartyId,
        acknowledgedAt,
        remark,
      } as NotificationAcknowledged),
    ];
  },
);
