import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseClosed,
  notificationAcknowledged,
  notificationReceived,
  notificationWithdrawn,
  openCase,
  partnerNotified,
} from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { notification, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctReceivedNotification, ReceivedNotificationCorrected } from './correct-received-notification.js';

const received = [...openCase, notificationReceived({ learnedAt: '2024-12-02' })];
const build = commands.correctReceivedNotification;

describe('correctReceivedNotification', () => {
  it('replaces it whole: when it was learned is no longer stated', () => {
    given(caseAggregate, ...received)
      .when(correctReceivedNotification, build())
      .then(
        event(ReceivedNotificationCorrected, {
          ...{
            notificationId: notification,
            fromPartyId: partner,
            text: text('We saw that.'),
            source: source(partner),
          },
          ...{
            channel: 'NOT_STATED',
            reportedAt: 'NOT_STATED',
            learnedAt: 'NOT_STATED',
            about: [],
            reason: 'Misheard.',
          },
        }),
      );
  });

  it('keeps all that was given, and whether it was acknowledged', () => {
    given(caseAggregate, ...received, notificationAcknowledged())
      .when(correctReceivedNotification, build.full())
      .then(
        event(ReceivedNotificationCorrected, {
          ...{ notificationId: notification, fromPartyId: partner, toPartyId: provider, text: text('We saw that.') },
          ...{ source: source(partner), channel: 'EMAIL', reportedAt: '2024-12-01', learnedAt: '2024-12-02' },
          ...{ about: [subject], reason: 'Misheard.' },
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...received)
      .when(correctReceivedNotification, build({ text: text('We saw this.'), learnedAt: '2024-12-02' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses one that was sent, a withdrawn or unknown one, and a closed case', () => {
    given(caseAggregate, ...openCase, partnerNotified())
      .when(correctReceivedNotification, build())
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...received, notificationWithdrawn())
      .when(correctReceivedNotification, build())
      .thenRefused('NOTIFICATION_WITHDRAWN');
    given(caseAggregate, ...received)
      .when(correctReceivedNotification, build({ notificationId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...received, caseClosed())
      .when(correctReceivedNotification, build())
      .thenRefused('CASE_CLOSED');
  });
});
