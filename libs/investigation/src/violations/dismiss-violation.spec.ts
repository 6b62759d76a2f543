import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { ann, annsOtherKey, bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed } from '../../../../test/builders/case-events.js';
import {
  alleged,
  confirmed,
  dismissed,
  suspected,
  underReview,
  violationConfirmed,
  violationReinstated,
} from '../../../../test/builders/violation-events.js';
import { by, given } from '../../../../test/builders/decide.js';
import { partner, unknown, violation } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { dismissViolation, TosViolationDismissed } from './dismiss-violation.js';

const build = commands.dismissViolation;

describe('dismissViolation', () => {
  it.each([
    ['suspected', suspected],
    ['alleged', alleged],
    ['under review', underReview],
  ])('dismisses one that is %s', (_, events) => {
    given(caseAggregate, ...events)
      .when(dismissViolation, build())
      .then(event(TosViolationDismissed, { violationId: violation, reason: 'Another explanation holds.' }));
  });

  const back = [...confirmed, violationReinstated()];
  const asDismissed = event(TosViolationDismissed, { violationId: violation, reason: 'Another explanation holds.' });

  it('takes a second person for what stood confirmed before it was reinstated', () => {
    for (const actor of [ann, annsOtherKey, { ...bob, kind: 'SERVICE' as const, onBehalfOf: 'ann' }]) {
      given(caseAggregate, ...back)
        .when(dismissViolation, build(), { actor })
        .thenRefused('FOUR_EYES');
    }
    given(caseAggregate, ...back)
      .when(dismissViolation, build(), { actor: bob })
      .then(asDismissed);
  });

  it('takes one principal for one person, by its own key and by one in the place of somebody', () => {
    const own = { ...bob, id: 'bot', kind: 'SERVICE' as const };
    given(caseAggregate, ...confirmed, by({ ...own, onBehalfOf: 'ines' }, violationReinstated()))
      .when(dismissViolation, build(), { actor: own })
      .thenRefused('FOUR_EYES');
  });

  it('takes none for what was dismissed before, nor once it was confirmed anew and reinstated by another', () => {
    given(caseAggregate, ...dismissed, violationReinstated())
      .when(dismissViolation, build())
      .then(asDismissed);
    given(caseAggregate, ...back, by(bob, violationConfirmed(8)), by(bob, violationReinstated()))
      .when(dismissViolation, build())
      .then(asDismissed);
  });

  it.each([
    ['confirmed', confirmed, 'ALREADY_CONFIRMED'],
    ['dismissed', dismissed, 'ALREADY_DISMISSED'],
  ])('refuses one that is %s', (_, events, code) => {
    given(caseAggregate, ...events)
      .when(dismissViolation, build())
      .thenRefused(code);
  });

  it.each([
    ['an unknown violation', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, violationId) => {
    given(caseAggregate, ...suspected)
      .when(dismissViolation, build({ violationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...suspected, caseClosed())
      .when(dismissViolation, build())
      .thenRefused('CASE_CLOSED');
  });
});
