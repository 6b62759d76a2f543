import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, openCase, suspected } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, observation, partner, provider, subject, unknown, violation } from '../../../../test/builders/ids.js';
import { provision, source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { suspectViolation, TosViolationSuspected } from './suspect-violation.js';

describe('suspectViolation', () => {
  it('records a suspicion', () => {
    given(caseAggregate, ...openCase)
      .when(suspectViolation, commands.suspectViolation())
      .then(
        event(TosViolationSuspected, {
          violationId: derivedId(`case-${CASE}`, 'c1'),
          description: text('Outputs were used to train a rival model.'),
          source: source(provider),
          provisions: [],
          subjects: [],
          about: [],
          occurredAt: 'NOT_STATED',
        }),
      );
  });

  it('keeps all that was given, the condition it hangs on too', () => {
    const facts = {
      violationId: violation,
      description: text('Outputs were used to train a rival model.'),
      source: source(provider, partner),
      provisions: [provision(), { document: 'API Terms' }],
      condition: text('If it holds.'),
      subjects: [subject],
      about: [observation],
      occurredAt: '2024',
    };
    given(caseAggregate, ...openCase, activityObserved())
      .when(suspectViolation, commands.suspectViolation(facts))
      .then(event(TosViolationSuspected, facts));
  });

  it.each([
    ['who suspects it', { source: source(unknown) }],
    ['a relay', { source: source(provider, unknown) }],
    ['a subject', { subjects: [unknown] }],
    ['a subject: the id is an observation', { subjects: [observation] }],
    ['what it is about', { about: [unknown] }],
  ])('refuses what is not of this case: %s', (_, change) => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(suspectViolation, commands.suspectViolation(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...suspected)
      .when(suspectViolation, commands.suspectViolation({ violationId: violation }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(suspectViolation, commands.suspectViolation())
      .thenRefused('CASE_CLOSED');
  });
});
