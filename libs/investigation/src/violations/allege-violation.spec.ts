import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase } from '../../../../test/builders/case-events.js';
import {
  alleged,
  confirmed,
  dismissed,
  suspected,
  underReview,
  violationSuspected,
} from '../../../../test/builders/violation-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, provider, terms, unknown, violation } from '../../../../test/builders/ids.js';
import { needed, recordedTerms } from '../../../../test/builders/terms.js';
import { caseAggregate } from '../case-aggregate.js';
import { allegeViolation, TosViolationAlleged } from './allege-violation.js';

describe('allegeViolation', () => {
  it('alleges a suspected violation', () => {
    given(caseAggregate, ...suspected)
      .when(allegeViolation, commands.allegeViolation())
      .then(event(TosViolationAlleged, { violationId: violation, grounds: 'The logs show it.' }));
  });

  it('keeps who alleges it, and which clauses are cited', () => {
    const cited = { termsId: terms, termsRevision: 1, document: 'Terms of Use', version: '2024-06', clause: '2(c)' };
    const facts = { violationId: violation, grounds: 'The logs show it.', citations: [cited], allegedBy: provider };
    given(caseAggregate, ...suspected)
      .when(allegeViolation, commands.allegeViolation.full(), { needed: needed(...recordedTerms) })
      .then(event(TosViolationAlleged, facts));
  });

  it('cites what was in force when the violation took place, not when it is alleged', () => {
    const earlier = [...openCase, violationSuspected({ occurredAt: '2023' })];
    given(caseAggregate, ...earlier)
      .when(allegeViolation, commands.allegeViolation.full(), { needed: needed(...recordedTerms) })
      .thenRefused('TERMS_NOT_IN_FORCE');
  });

  it.each([
    ['alleged', alleged, 'ALREADY_ALLEGED'],
    ['under review', underReview, 'NOT_SUSPECTED'],
    ['confirmed', confirmed, 'NOT_SUSPECTED'],
    ['dismissed', dismissed, 'NOT_SUSPECTED'],
  ])('refuses one that is %s', (_, events, code) => {
    given(caseAggregate, ...events)
      .when(allegeViolation, commands.allegeViolation())
      .thenRefused(code);
  });

  it.each([
    ['an unknown violation', { violationId: unknown }],
    ['the id of a record of another kind', { violationId: partner }],
    ['an unknown party', { allegedBy: unknown }],
    ['a violation where a party belongs', { allegedBy: violation }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...suspected)
      .when(allegeViolation, commands.allegeViolation(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...suspected, caseClosed())
      .when(allegeViolation, commands.allegeViolation())
      .thenRefused('CASE_CLOSED');
  });
});
