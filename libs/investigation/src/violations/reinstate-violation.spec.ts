import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed } from '../../../../test/builders/case-events.js';
import { alleged, confirmed, dismissed, suspected, underReview } from '../../../../test/builders/violation-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, unknown, violation } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { reinstateViolation, TosViolationReinstated } from './reinstate-violation.js';

const build = commands.reinstateViolation;

describe('reinstateViolation', () => {
  it.each([
    ['confirmed', confirmed],
    ['dismissed', dismissed],
  ])('sends one that is %s back to review', (_, events) => {
    given(caseAggregate, ...events)
      .when(reinstateViolation, build())
      .then(event(TosViolationReinstated, { violationId: violation, reason: 'New evidence.' }));
  });

  it.each([
    ['suspected', suspected, 'NOT_DECIDED'],
    ['alleged', alleged, 'NOT_DECIDED'],
    ['under review', underReview, 'ALREADY_UNDER_REVIEW'],
  ])('refuses one that is %s', (_, events, code) => {
    given(caseAggregate, ...events)
      .when(reinstateViolation, build())
      .thenRefused(code);
  });

  it.each([
    ['an unknown violation', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, violationId) => {
    given(caseAggregate, ...confirmed)
      .when(reinstateViolation, build({ violationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...confirmed, caseClosed())
      .when(reinstateViolation, build())
      .thenRefused('CASE_CLOSED');
  });
});
