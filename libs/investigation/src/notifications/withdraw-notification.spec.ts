import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseClosed,
  notificationReceived,
  notificationWithdrawn,
  openCase,
} from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { notification, partner, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { acknowledgeNotification } from './acknowledge-notification.js';
import { NotificationWithdrawn, withdrawNotification } from './withdraw-notification.js';

const notified = [...openCase, notificationReceived()];

describe('withdrawNotification', () => {
  it('withdraws a notification', () => {
    given(caseAggregate, ...notified)
      .when(withdrawNotification, commands.withdrawNotification())
      .then(event(NotificationWithdrawn, { notificationId: notification, reason: 'It was about another case.' }));
  });

  it('refuses a withdrawn notification, to withdraw and to acknowledge', () => {
    const withdrawn = given(caseAggregate, ...notified, notificationWithdrawn());
    withdrawn.when(withdrawNotification, commands.withdrawNotification()).thenRefused('ALREADY_WITHDRAWN');
    withdrawn.when(acknowledgeNotification, commands.acknowledgeNotification()).thenRefused('NOTIFICATION_WITHDRAWN');
  });

  it.each([
    ['an unknown id', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, notificationId) => {
    given(caseAggregate, ...notified)
      .when(withdrawNotification, commands.withdrawNotification({ notificationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...notified, caseClosed())
      .when(withdrawNotification, commands.withdrawNotification())
      .thenRefused('CASE_CLOSED');
  });
});
