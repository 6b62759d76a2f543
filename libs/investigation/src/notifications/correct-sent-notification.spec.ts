import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseClosed,
  notificationReceived,
  notificationWithdrawn,
  openCase,
  partnerNotified,
} from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { notification, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctSentNotification, SentNotificationCorrected } from './correct-sent-notification.js';

const sent = [...openCase, partnerNotified({ reportedAt: '2024' })];
const build = commands.correctSentNotification;

describe('correctSentNotification', () => {
  it('replaces it whole, and keeps all that was given', () => {
    given(caseAggregate, ...sent)
      .when(correctSentNotification, build.full())
      .then(
        event(SentNotificationCorrected, {
          ...{ notificationId: notification, toPartyId: partner, fromPartyId: provider },
          ...{ text: text('We looked into it.'), channel: 'PHONE', reportedAt: '2024-12-03', about: [subject] },
          reason: 'Misheard.',
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...sent)
      .when(correctSentNotification, build({ text: text('We look into it.'), reportedAt: '2024' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses one that was received, a withdrawn or unknown one, a party that the case does not have, and a closed case', () => {
    given(caseAggregate, ...openCase, notificationReceived())
      .when(correctSentNotification, build())
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...sent, notificationWithdrawn())
      .when(correctSentNotification, build())
      .thenRefused('NOTIFICATION_WITHDRAWN');
    for (const over of [{ notificationId: unknown }, { toPartyId: unknown }]) {
      given(caseAggregate, ...sent)
        .when(correctSentNotification, build(over))
        .thenRefused('NOT_FOUND');
    }
    given(caseAggregate, ...sent, caseClosed())
      .when(correctSentNotification, build())
      .thenRefused('CASE_CLOSED');
  });
});
