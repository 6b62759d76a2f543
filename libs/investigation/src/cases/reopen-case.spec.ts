import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseReopened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { caseAggregate } from '../case-aggregate.js';
import { CaseReopened, reopenCase } from './reopen-case.js';

describe('reopenCase', () => {
  it('reopens a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(reopenCase, commands.reopenCase())
      .then(event(CaseReopened, { reason: 'A new report came in.', occurredAt: 'NOT_STATED' }));
  });

  it('keeps when it was reopened', () => {
    given(caseAggregate, ...closedCase)
      .when(reopenCase, commands.reopenCase.full())
      .then(event(CaseReopened, { reason: 'A new report came in.', occurredAt: '2025-04-01' }));
  });

  it.each([
    ['a case that was never closed', openCase],
    ['one that was reopened already', [...closedCase, caseReopened()]],
  ])('refuses on %s', (_, events) => {
    given(caseAggregate, ...events)
      .when(reopenCase, commands.reopenCase())
      .thenRefused('ALREADY_OPEN');
  });
});
