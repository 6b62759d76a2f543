import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseClosed,
  notificationAcknowledged,
  notificationReceived,
  openCase,
  partnerNotified,
} from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { notification, partner, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { acknowledgeNotification, NotificationAcknowledged } from './acknowledge-notification.js';

const acknowledged = (over: Partial<NotificationAcknowledged> = {}) =>
  event(NotificationAcknowledged, { notificationId: notification, acknowledgedAt: 'NOT_STATED', ...over });

describe('acknowledgeNotification', () => {
  it.each([
    ['received', notificationReceived()],
    ['sent', partnerNotified()],
  ])('acknowledges a notification that was %s', (_, notified) => {
    given(caseAggregate, ...openCase, notified)
      .when(acknowledgeNotification, commands.acknowledgeNotification())
      .then(acknowledged());
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...openCase, partnerNotified())
      .when(acknowledgeNotification, commands.acknowledgeNotification.full())
      .then(acknowledged({ byPartyId: partner, acknowledgedAt: '2024-12-04', remark: text('Thank you.') }));
  });

  it('refuses an acknowledged notification', () => {
    given(caseAggregate, ...openCase, notificationReceived(), notificationAcknowledged())
      .when(acknowledgeNotification, commands.acknowledgeNotification())
      .thenRefused('ALREADY_ACKNOWLEDGED');
  });

  it.each([
    ['an unknown notification', { notificationId: unknown }],
    ['the id of a record of another kind', { notificationId: partner }],
    ['an unknown party', { byPartyId: unknown }],
    ['a notification where a party belongs', { byPartyId: notification }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...openCase, notificationReceived())
      .when(acknowledgeNotification, commands.acknowledgeNotification(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...openCase, notificationReceived(), caseClosed())
      .when(acknowledgeNotification, commands.acknowledgeNotification())
      .thenRefused('CASE_CLOSED');
  });
});
