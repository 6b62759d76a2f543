import { AcknowledgeNotification } from '#investigation/notifications/acknowledge-notification.js';
import { NotifyPartner } from '#investigation/notifications/notify-partner.js';
import { ReceivePartnerNotification } from '#investigation/notifications/receive-partner-notification.js';
import { WithdrawNotification } from '#investigation/notifications/withdraw-notification.js';
import { CorrectReceivedNotification } from '#investigation/notifications/correct-received-notification.js';
import { CorrectSentNotification } from '#investigation/notifications/correct-sent-notification.js';
import { CorrectObservation } from '#investigation/observations/correct-observation.js';
import { ObserveSuspiciousActivity } from '#investigation/observations/observe-suspicious-activity.js';
import { WithdrawObservation } from '#investigation/observations/withdraw-observation.js';
import { builder } from './command-builder.js';
import { exhibit, notification, observation, partner, provider, subject, technique } from './ids.js';
import { quantity, source, text } from './values.js';

const observed = { description: text('Large amounts of data left through the API.'), source: source(partner) };
const observedMore = {
  subjects: [subject],
  observedBy: [partner],
  occurredAt: '2024-09/2024-11',
  observedAt: '2024-23',
  quantities: [quantity({ asStated: 'large amounts' })],
  accessChannel: 'API' as const,
  product: 'Completion API',
  model: 'large-2',
  endpoint: '/v1/completions',
  techniques: [technique],
  exhibits: [exhibit],
};

/** What was seen, and what was told of it. */
export const observationCommands = {
  observeSuspiciousActivity: builder(ObserveSuspiciousActivity, observed, {
    ...observedMore,
    observationId: observation,
  }),
  correctObservation: builder(
    CorrectObservation,
    { observationId: observation, reason: 'Counted again.', ...observed, description: text('Less than thought.') },
    observedMore,
  ),
  withdrawObservation: builder(WithdrawObservation, { observationId: observation, reason: 'A misreading.' }),
  receivePartnerNotification: builder(
    ReceivePartnerNotification,
    { fromPartyId: partner, text: text('We saw this.'), source: source(partner) },
    {
      toPartyId: provider,
      channel: 'EMAIL',
      reportedAt: '2024-12-01',
      learnedAt: '2024-12-02',
      about: [subject],
      notificationId: notification,
    },
  ),
  notifyPartner: builder(
    NotifyPartner,
    { toPartyId: partner, text: text('We look into it.') },
    {
      fromPartyId: provider,
      channel: 'PHONE',
      reportedAt: '2024-12-03',
      about: [subject],
      notificationId: notification,
    },
  ),
  acknowledgeNotification: builder(
    AcknowledgeNotification,
    { notificationId: notification },
    { byPartyId: partner, acknowledgedAt: '2024-12-04', remark: text('Thank you.') },
  ),
  withdrawNotification: builder(WithdrawNotification, {
    notificationId: notification,
    reason: 'It was about another case.',
  }),
  correctReceivedNotification: builder(
    CorrectReceivedNotification,
    {
      ...{ notificationId: notification, fromPartyId: partner, text: text('We saw that.'), source: source(partner) },
      reason: 'Misheard.',
    },
    { toPartyId: provider, channel: 'EMAIL', reportedAt: '2024-12-01', learnedAt: '2024-12-02', about: [subject] },
  ),
  correctSentNotification: builder(
    CorrectSentNotification,
    { notificationId: notification, toPartyId: partner, text: text('We looked into it.'), reason: 'Misheard.' },
    { fromPartyId: provider, channel: 'PHONE', reportedAt: '2024-12-03', about: [subject] },
  ),
};
