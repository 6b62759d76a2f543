import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { acknowledgedBy } from '../acknowledged.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { NotificationAcknowledged } from './acknowledge-notification.js';
import { ReceivedNotificationCorrected } from './correct-received-notification.js';
import { SentNotificationCorrected } from './correct-sent-notification.js';
import { PartnerNotified } from './notify-partner.js';
import { PartnerNotificationReceived } from './receive-partner-notification.js';
import { NotificationWithdrawn } from './withdraw-notification.js';

/** Not yet acknowledged. */
const PENDING: Row = { status: 'RECORDED', acknowledgedAt: null, byPartyId: null, remark: null };

/** Whether it was acknowledged is no part of what a correction says, unless another party than the one who did was told. */
const acknowledgement = (before: Row, toPartyId: string | null): Row => {
  const { acknowledgedAt, byPartyId } = before;
  const by = acknowledgedAt ? acknowledgedBy(before, { toPartyId }, byPartyId as string | null) : undefined;
  return by === undefined ? PENDING : { byPartyId: by };
};

/** Who told whom: the notifications of a case, received and sent. */
export const notificationModel = readModel({
  name: 'notifications',
  level: 'record',
  handlers: [
    on(PartnerNotificationReceived, ({ notificationId, reportedAt, learnedAt, ...fields }) => [
      create(notificationId, {
        ...fields,
        ...PENDING,
        direction: 'RECEIVED',
        reportedAt: parseFuzzyTime(reportedAt),
        learnedAt: parseFuzzyTime(learnedAt),
      }),
    ]),
    on(PartnerNotified, ({ notificationId, reportedAt, ...fields }) => [
      create(notificationId, { ...fields, ...PENDING, direction: 'SENT', reportedAt: parseFuzzyTime(reportedAt) }),
    ]),
    on(ReceivedNotificationCorrected, ({ notificationId, reason: _, ...event }, _recorded, current) => {
      const { toPartyId = null, reportedAt, learnedAt, ...fields } = event;
      return [
        change(notificationId, {
          ...{ ...fields, toPartyId, ...acknowledgement(current(notificationId)!, toPartyId) },
          ...{ reportedAt: parseFuzzyTime(reportedAt), learnedAt: parseFuzzyTime(learnedAt) },
        }),
      ];
    }),
    on(SentNotificationCorrected, ({ notificationId, reason: _, ...event }, _recorded, current) => {
      const { fromPartyId = null, toPartyId = null, reportedAt, ...fields } = event;
      return [
        change(notificationId, {
          ...{ ...fields, fromPartyId, toPartyId, ...acknowledgement(current(notificationId)!, toPartyId) },
          reportedAt: parseFuzzyTime(reportedAt),
        }),
      ];
    }),
    on(NotificationAcknowledged, ({ notificationId, byPartyId, acknowledgedAt, remark }) => [
      change(notificationId, {
        status: 'ACKNOWLEDGED',
        acknowledgedAt: parseFuzzyTime(acknowledgedAt),
        byPartyId,
        remark,
      }),
    ]),
    on(NotificationWithdrawn, ({ notificationId }) => [change(notificationId, { status: 'WITHDRAWN' })]),
    onRetracted('notification', 'WITHDRAWN'),
  ],
});
