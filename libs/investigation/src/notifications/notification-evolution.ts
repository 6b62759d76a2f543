import { evolve } from '#event-sourcing/slice.js';
import { acknowledgedBy } from '../acknowledged.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { NotificationAcknowledged } from './acknowledge-notification.js';
import { ReceivedNotificationCorrected } from './correct-received-notification.js';
import { SentNotificationCorrected } from './correct-sent-notification.js';
import { type NotificationState } from './notification-state.js';
import { PartnerNotified } from './notify-partner.js';
import { PartnerNotificationReceived } from './receive-partner-notification.js';
import { NotificationWithdrawn } from './withdraw-notification.js';

type Direction = NotificationState['direction'];

const add = (state: CaseState, id: string, direction: Direction, facts: object, revision: number): void =>
  addRecord(state, state.notifications, id, {
    ...{ kind: 'notification', revision, retracted: false, facts, direction, acknowledged: false },
  });

const change = (state: CaseState, id: string, to: Partial<NotificationState>): void =>
  void Object.assign(state.notifications.get(id)!, to);

function correct(state: CaseState, id: string, facts: object, revision: number): void {
  const { facts: before, acknowledged, acknowledgedBy: who } = state.notifications.get(id)!;
  const by = acknowledgedBy(before, facts, who);
  change(state, id, { revision, facts, acknowledged: acknowledged && by !== undefined, acknowledgedBy: by });
}

/** How the notifications of a case follow from its events. */
export const notificationEvolution = [
  evolve(PartnerNotificationReceived, (state: CaseState, { notificationId, ...facts }, { revision }) =>
    add(state, notificationId, 'RECEIVED', facts, revision),
  ),
  evolve(PartnerNotified, (state: CaseState, { notificationId, ...facts }, { revision }) =>
    add(state, notificationId, 'SENT', facts, revision),
  ),
  evolve(ReceivedNotificationCorrected, (state: CaseState, { notificationId, reason, ...facts }, { revision }) =>
    correct(state, notificationId, facts, revision),
  ),
  evolve(SentNotificationCorrected, (state: CaseState, { notificationId, reason, ...facts }, { revision }) =>
    correct(state, notificationId, facts, revision),
  ),
  evolve(NotificationAcknowledged, (state: CaseState, { notificationId, byPartyId }, { revision }) =>
    change(state, notificationId, { revision, acknowledged: true, acknowledgedBy: byPartyId }),
  ),
  evolve(NotificationWithdrawn, (state: CaseState, { notificationId }, { revision }) =>
    change(state, notificationId, { revision, retracted: true }),
  ),
];
