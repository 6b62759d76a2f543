import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, caseOpened, caseReopened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import {
  alleged,
  confirmed,
  dismissed,
  suspected,
  underReview,
  violationReinstated,
} from '../../../../test/builders/violation-events.js';
import { given } from '../../../../test/builders/decide.js';
import { caseAggregate } from '../case-aggregate.js';
import { Resolution } from './case-enums.js';
import { CaseClosed, closeCase } from './close-case.js';
import { reopenCase } from './reopen-case.js';

const asConfirmed = commands.closeCase({ resolution: 'VIOLATION_CONFIRMED' });

describe('closeCase', () => {
  it.each(Object.keys(Resolution) as Resolution[])('closes a case with a confirmed violation as %s', (resolution) => {
    given(caseAggregate, ...confirmed)
      .when(closeCase, commands.closeCase({ resolution }))
      .then(event(CaseClosed, { resolution, occurredAt: 'NOT_STATED' }));
  });

  it('keeps why and when', () => {
    const { resolution, reason, occurredAt } = commands.closeCase.full();
    given(caseAggregate, ...openCase)
      .when(closeCase, commands.closeCase.full())
      .then(event(CaseClosed, { resolution, reason: reason!, occurredAt }));
  });

  it('closes a case that was reopened', () => {
    given(caseAggregate, ...closedCase, caseReopened())
      .when(closeCase, commands.closeCase())
      .then(event(CaseClosed, { resolution: 'UNSUBSTANTIATED', occurredAt: 'NOT_STATED' }));
  });

  it('refuses a time that surely lies before it was opened or reopened', () => {
    const opened = [caseOpened({ occurredAt: '2025' })];
    given(caseAggregate, ...opened)
      .when(closeCase, commands.closeCase({ occurredAt: '2024' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
    given(caseAggregate, ...opened, caseClosed(), caseReopened())
      .when(closeCase, commands.closeCase({ occurredAt: '2024' }))
      .then(event(CaseClosed, { resolution: 'UNSUBSTANTIATED', occurredAt: '2024' }));
    const closed = event(CaseClosed, { resolution: 'UNSUBSTANTIATED', occurredAt: '2026' });
    given(caseAggregate, ...opened, closed)
      .when(reopenCase, commands.reopenCase({ occurredAt: '2025-12' }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
  });

  it.each([
    ['no violation', openCase],
    ['a suspected one', suspected],
    ['an alleged one', alleged],
    ['one under review', underReview],
    ['a dismissed one', dismissed],
    ['one that was confirmed and is reviewed again', [...confirmed, violationReinstated()]],
  ])('refuses VIOLATION_CONFIRMED with %s', (_, events) => {
    given(caseAggregate, ...events)
      .when(closeCase, asConfirmed)
      .thenRefused('NO_CONFIRMED_VIOLATION');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(closeCase, commands.closeCase())
      .thenRefused('CASE_CLOSED');
  });
});
