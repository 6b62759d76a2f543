import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed } from '../../../../test/builders/case-events.js';
import { alleged, confirmed, dismissed, suspected, underReview } from '../../../../test/builders/violation-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, unknown, violation } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { submitViolationForReview, TosViolationSubmittedForReview } from './submit-violation-for-review.js';

const build = commands.submitViolationForReview;

describe('submitViolationForReview', () => {
  it('sends an alleged violation to review', () => {
    given(caseAggregate, ...alleged)
      .when(submitViolationForReview, build())
      .then(event(TosViolationSubmittedForReview, { violationId: violation }));
  });

  it('keeps the remark', () => {
    given(caseAggregate, ...alleged)
      .when(submitViolationForReview, build.full())
      .then(event(TosViolationSubmittedForReview, { violationId: violation, remark: text('Read the logs first.') }));
  });

  it.each([
    ['suspected', suspected, 'NOT_ALLEGED'],
    ['under review', underReview, 'ALREADY_UNDER_REVIEW'],
    ['confirmed', confirmed, 'NOT_ALLEGED'],
    ['dismissed', dismissed, 'NOT_ALLEGED'],
  ])('refuses one that is %s', (_, events, code) => {
    given(caseAggregate, ...events)
      .when(submitViolationForReview, build())
      .thenRefused(code);
  });

  it.each([
    ['an unknown violation', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, violationId) => {
    given(caseAggregate, ...alleged)
      .when(submitViolationForReview, build({ violationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...alleged, caseClosed())
      .when(submitViolationForReview, build())
      .thenRefused('CASE_CLOSED');
  });
});
