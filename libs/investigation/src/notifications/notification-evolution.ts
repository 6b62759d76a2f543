import { evolve } from '#event-sourcing/slice.js';
import { addRecord, type CaseState } from '../cases/case-state.js';
import { NotificationAcknowledged } from './acknowledge-notification.js';
import { PartnerNotified } from './notify-partner.js';
import { PartnerNotificationReceived } from './receive-partner-notification.js';
import { NotificationWithdrawn } from './withdraw-notification.js';

const add = (state: CaseState, id: string, revision: number): void =>
  addRecord(state, state.notifications, id, { kind: 'notification', revision, acknowledged: false, retracted: false });

/** How the notifications of a case follow from its events. */
export const notificationEvolution = [
  evolve(PartnerNotificationReceived, (state: CaseState, { notificationId }, { revision }) =>
    add(state, notificationId, revision),
  ),
  evolve(PartnerNotified, (state: CaseState, { notificationId }, { revision }) => add(state, notificationId, revision)),
  evolve(NotificationAcknowledged, (state: CaseState, { notificationId }, { revision }) => {
    Object.assign(state.notifications.get(notificationId)!, { revision, acknowledged: true });
  }),
  evolve(NotificationWithdrawn, (state: CaseState, { notificationId }, { revision }) => {
    Object.assign(state.notifications.get(notificationId)!, { revision, retracted: true });
  }),
];
