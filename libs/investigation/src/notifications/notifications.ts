import { type Capability } from '../capability.js';
import { Notification } from './notification.js';
import { acknowledgeNotification } from './acknowledge-notification.js';
import { correctReceivedNotification } from './correct-received-notification.js';
import { correctSentNotification } from './correct-sent-notification.js';
import { notificationEvolution } from './notification-evolution.js';
import { notificationModel } from './notification-read-model.js';
import { notifyPartner } from './notify-partner.js';
import { receivePartnerNotification } from './receive-partner-notification.js';
import { withdrawNotification } from './withdraw-notification.js';

export const notifications: Capability = {
  slices: [
    receivePartnerNotification,
    notifyPartner,
    acknowledgeNotification,
    withdrawNotification,
    correctReceivedNotification,
    correctSentNotification,
  ],
  evolution: notificationEvolution,
  readModel: notificationModel,
  records: { type: Notification, description: 'Who told whom what, last changed first.' },
};
