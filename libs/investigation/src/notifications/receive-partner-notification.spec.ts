import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, notificationReceived, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, notification, observation, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { PartnerNotificationReceived, receivePartnerNotification } from './receive-partner-notification.js';

const build = commands.receivePartnerNotification;

describe('receivePartnerNotification', () => {
  it('records that a partner told something, nobody says whom, how and when', () => {
    given(caseAggregate, ...openCase)
      .when(receivePartnerNotification, build())
      .then(
        event(PartnerNotificationReceived, {
          notificationId: derivedId(`case-${CASE}`, 'c1'),
          fromPartyId: partner,
          text: text('We saw this.'),
          source: source(partner),
          channel: 'NOT_STATED',
          reportedAt: 'NOT_STATED',
          learnedAt: 'NOT_STATED',
          about: [],
        }),
      );
  });

  it('keeps all that was given: who told whom is not who says so', () => {
    const facts = {
      notificationId: notification,
      fromPartyId: partner,
      toPartyId: provider,
      text: text('We saw this.'),
      source: source(subject, provider),
      channel: 'EMAIL' as const,
      reportedAt: '2024-12-01',
      learnedAt: '2024-12-02',
      about: [observation, partner],
    };
    given(caseAggregate, ...openCase, activityObserved())
      .when(receivePartnerNotification, build(facts))
      .then(event(PartnerNotificationReceived, facts));
  });

  it.each([
    ['who told', { fromPartyId: unknown }],
    ['who was told', { toPartyId: unknown }],
    ['who says so', { source: source(unknown) }],
    ['a relay', { source: source(partner, unknown) }],
    ['what it is about', { about: [partner, unknown] }],
    ['who told: the id is an observation', { fromPartyId: observation }],
  ])('refuses what is not of this case: %s', (_, change) => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(receivePartnerNotification, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase, notificationReceived())
      .when(receivePartnerNotification, build({ notificationId: notification }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(receivePartnerNotification, build())
      .thenRefused('CASE_CLOSED');
  });
});
