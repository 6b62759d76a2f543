import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, notificationReceived, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, notification, partner, provider, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { notifyPartner, PartnerNotified } from './notify-partner.js';

describe('notifyPartner', () => {
  it('records that a partner was told something', () => {
    given(caseAggregate, ...openCase)
      .when(notifyPartner, commands.notifyPartner())
      .then(
        event(PartnerNotified, {
          notificationId: derivedId(`case-${CASE}`, 'c1'),
          toPartyId: partner,
          text: text('We look into it.'),
          channel: 'NOT_STATED',
          reportedAt: 'NOT_STATED',
          about: [],
        }),
      );
  });

  it('keeps all that was given', () => {
    const facts = {
      notificationId: derivedId(`case-${CASE}`, 'mine'),
      toPartyId: partner,
      fromPartyId: provider,
      text: text('We look into it.'),
      channel: 'PHONE' as const,
      reportedAt: '2024-12-03',
      about: [notification],
    };
    given(caseAggregate, ...openCase, notificationReceived())
      .when(notifyPartner, commands.notifyPartner(facts))
      .then(event(PartnerNotified, facts));
  });

  it.each([
    ['whom to tell', { toPartyId: unknown }],
    ['who told', { fromPartyId: unknown }],
    ['what it is about', { about: [unknown] }],
    ['whom to tell: the id is a notification', { toPartyId: notification }],
  ])('refuses what is not of this case: %s', (_, change) => {
    given(caseAggregate, ...openCase, notificationReceived())
      .when(notifyPartner, commands.notifyPartner(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that a notification the other way has', () => {
    given(caseAggregate, ...openCase, notificationReceived())
      .when(notifyPartner, commands.notifyPartner({ notificationId: notification }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(notifyPartner, commands.notifyPartner())
      .thenRefused('CASE_CLOSED');
  });
});
