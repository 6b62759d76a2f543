import { type Capability } from '../capability.js';
import { Notification } from './notification.js';
import { acknowledgeNotification, NotificationAcknowledged } from './acknowledge-notification.js';
import { notificationEvolution } from './notification-evolution.js';
import { notificationModel } from './notification-read-model.js';
import { notifyPartner, PartnerNotified } from './notify-partner.js';
import { receivePartnerNotification, PartnerNotificationReceived } from './receive-partner-notification.js';

export const notifications: Capability = {
  slices: [receivePartnerNotification, notifyPartner, acknowledgeNotification],
  events: [PartnerNotificationReceived, PartnerNotified, NotificationAcknowledged],
  evolution: notificationEvolution,
  readModel: notificationModel,
  records: { type: Notification, description: 'Who told whom what, last changed first.' },
};
