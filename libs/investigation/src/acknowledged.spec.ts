import 'reflect-metadata';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type ReadModel, type Row } from '#read-models/read-model.js';
import { commands } from '../../../test/builders/case-commands.js';
import { notificationReceived, openCase, partnerNotified } from '../../../test/builders/case-events.js';
import { decideOn, fold } from '../../../test/builders/decide.js';
import { disclosure, notification, partner, provider, subject } from '../../../test/builders/ids.js';
import { disclosureRecorded } from '../../../test/builders/question-events.js';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { caseAggregate } from './case-aggregate.js';
import { acknowledgeDisclosure, DisclosureAcknowledged } from './disclosures/acknowledge-disclosure.js';
import { correctDisclosure } from './disclosures/correct-disclosure.js';
import { disclosureModel } from './disclosures/disclosure-read-model.js';
import { acknowledgeNotification, NotificationAcknowledged } from './notifications/acknowledge-notification.js';
import { correctReceivedNotification } from './notifications/correct-received-notification.js';
import { correctSentNotification } from './notifications/correct-sent-notification.js';
import { notificationModel } from './notifications/notification-read-model.js';

const acknowledgedAt = '2025-03-13';

/** What both kinds of notifications have in common. */
const NOTIFICATION = {
  ...{ model: notificationModel, acknowledge: acknowledgeNotification, build: commands.acknowledgeNotification },
  by: (byPartyId?: string) =>
    event(NotificationAcknowledged, { notificationId: notification, byPartyId, acknowledgedAt }),
};

/** What is told, by whom it was acknowledged, and what corrects whom it was told to. */
const KINDS = {
  disclosure: {
    ...{ model: disclosureModel, acknowledge: acknowledgeDisclosure, build: commands.acknowledgeDisclosure },
    told: (toPartyId?: string) => disclosureRecorded({ toPartyId, audience: 'PARTNER' }),
    by: (byPartyId?: string) => event(DisclosureAcknowledged, { disclosureId: disclosure, byPartyId, acknowledgedAt }),
    correct: (events: readonly DecidedEvent[], toPartyId?: string) =>
      decideOn(
        caseAggregate,
        fold(caseAggregate, events),
        correctDisclosure,
        commands.correctDisclosure({ audience: toPartyId ? 'PARTNER' : 'PUBLIC', toPartyId, reportedAt: '2025' }),
      ),
  },
  received: {
    ...NOTIFICATION,
    told: (toPartyId?: string) => notificationReceived({ toPartyId }),
    correct: (events: readonly DecidedEvent[], toPartyId?: string) =>
      decideOn(
        caseAggregate,
        fold(caseAggregate, events),
        correctReceivedNotification,
        commands.correctReceivedNotification({ toPartyId }),
      ),
  },
  sent: {
    ...NOTIFICATION,
    told: (toPartyId: string = partner) => partnerNotified({ toPartyId }),
    correct: (events: readonly DecidedEvent[], toPartyId?: string) =>
      decideOn(
        caseAggregate,
        fold(caseAggregate, events),
        correctSentNotification,
        commands.correctSentNotification({ toPartyId }),
      ),
  },
};

/** The one row that these events lead to. */
function rowOf(model: ReadModel, events: readonly DecidedEvent[]): Row {
  const rows = new Map<string, Row>();
  for (const { type, payload } of events)
    for (const { id, fields } of model.handlers.get(type)?.(payload as never, {} as never, (one) => rows.get(one)) ??
      [])
      rows.set(id, { ...rows.get(id), ...fields });
  return [...rows.values()][0];
}

describe.each(Object.entries(KINDS))('what was acknowledged and is corrected: %s', (_, kind) => {
  const { model, told, by, correct } = kind;
  const acknowledge = (events: readonly DecidedEvent[]) =>
    decideOn(caseAggregate, fold(caseAggregate, events), kind.acknowledge as never, kind.build() as never);

  it.each([
    ['by nobody in particular', undefined],
    ['by whom it was said to have been told', partner],
  ])('is not acknowledged by another party that was told: %s', (_by, who) => {
    const before = [...openCase, told(partner), by(who)];
    const after = [...before, ...correct(before, subject)];
    const { acknowledgedAt: at, byPartyId, remark } = rowOf(model, after);
    expect({ at, byPartyId, remark }).toEqual({ at: null, byPartyId: null, remark: null });
    expect(acknowledge(after)).toHaveLength(1);
  });

  it.each([
    ['the same party was told', partner, partner, undefined],
    ['the party that acknowledged it was told', partner, subject, subject],
  ])('stays acknowledged where %s', (_where, first, then, who) => {
    const before = [...openCase, told(first), by(who)];
    const after = [...before, ...correct(before, then)];
    expect(rowOf(model, after)).toMatchObject({ acknowledgedAt: { stated: acknowledgedAt } });
    expect(refusalFrom(() => acknowledge(after)).code).toBe('ALREADY_ACKNOWLEDGED');
  });
});

describe.each(['disclosure', 'received'] as const)('what was acknowledged and is corrected twice: %s', (name) => {
  const { model, acknowledge, build, told, by, correct } = KINDS[name];
  const once = [...openCase, told(partner), by(undefined)];
  const again = (events: readonly DecidedEvent[]) =>
    decideOn(caseAggregate, fold(caseAggregate, events), acknowledge as never, build() as never);
  const twice = (then: string): DecidedEvent[] => {
    const before = [...once, ...correct(once, undefined)];
    return [...before, ...correct(before, then)];
  };

  it('was so by the party that was told, where that is no longer said', () => {
    const after = [...once, ...correct(once, undefined)];
    expect(rowOf(model, after)).toMatchObject({ acknowledgedAt: { stated: acknowledgedAt }, byPartyId: partner });
    expect(refusalFrom(() => again(after)).code).toBe('ALREADY_ACKNOWLEDGED');
  });

  it('is not acknowledged by another party that was told, by way of nobody in particular', () => {
    const after = twice(subject);
    expect(rowOf(model, after)).toMatchObject({ toPartyId: subject, acknowledgedAt: null, byPartyId: null });
    expect(again(after)).toHaveLength(1);
  });

  it('stays acknowledged where it comes back to the party that was told', () => {
    const after = twice(partner);
    expect(rowOf(model, after)).toMatchObject({ acknowledgedAt: { stated: acknowledgedAt }, byPartyId: partner });
    expect(refusalFrom(() => again(after)).code).toBe('ALREADY_ACKNOWLEDGED');
  });

  it('names nobody who acknowledged what nobody did', () => {
    const before = [...openCase, told(partner)];
    const after = [...before, ...correct(before, undefined)];
    expect(rowOf(model, after)).toMatchObject({ acknowledgedAt: null, byPartyId: null });
    expect(again(after)).toHaveLength(1);
  });
});

describe('whom a notification was told to', () => {
  const { told, by, correct, model } = KINDS.received;

  it('is filled in with another than who acknowledged it', () => {
    const before = [...openCase, told(undefined), by(partner)];
    const after = [...before, ...correct(before, provider)];
    expect(rowOf(model, after)).toMatchObject({ status: 'RECORDED', acknowledgedAt: null, byPartyId: null });
    const same = [...before, ...correct(before, partner)];
    expect(rowOf(model, same)).toMatchObject({ status: 'ACKNOWLEDGED', byPartyId: partner });
  });

  it('is left out, and who acknowledged it did so still', () => {
    const before = [...openCase, told(partner), by(partner)];
    const after = [...before, ...correct(before, undefined)];
    expect(rowOf(model, after)).toMatchObject({ status: 'ACKNOWLEDGED', byPartyId: partner, toPartyId: null });
  });

  it('is filled in without a word of who acknowledged it', () => {
    const before = [...openCase, told(undefined), by(undefined)];
    const after = [...before, ...correct(before, provider)];
    expect(rowOf(model, after)).toMatchObject({ status: 'ACKNOWLEDGED', toPartyId: provider });
  });
});
