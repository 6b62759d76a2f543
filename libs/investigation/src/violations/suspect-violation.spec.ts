import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { suspected, violationSuspected } from '../../../../test/builders/violation-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import {
  CASE,
  observation,
  partner,
  provider,
  subject,
  terms,
  unknown,
  violation,
} from '../../../../test/builders/ids.js';
import { citation, needed, recordedTerms } from '../../../../test/builders/terms.js';
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
          violationKind: 'BREACH_OF_TERMS',
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
      violationKind: 'CIRCUMVENTION' as const,
      condition: text('If it holds.'),
      subjects: [subject],
      about: [observation],
      occurredAt: '2024',
    };
    given(caseAggregate, ...openCase, activityObserved())
      .when(suspectViolation, commands.suspectViolation(facts))
      .then(event(TosViolationSuspected, facts));
  });

  it('cites clauses of terms, at the revision that was read', () => {
    const cites = commands.suspectViolation({ citations: [citation({ version: null })], occurredAt: '2024-09' });
    const cited = { termsId: terms, termsRevision: 1, document: 'Terms of Use', version: '2024-06', clause: '2(c)' };
    given(caseAggregate, ...openCase)
      .when(suspectViolation, cites, { needed: needed(...recordedTerms) })
      .then(
        event(TosViolationSuspected, {
          ...(violationSuspected().payload as unknown as TosViolationSuspected),
          ...{ violationId: derivedId(`case-${CASE}`, 'c1'), violationKind: 'BREACH_OF_TERMS', citations: [cited] },
          occurredAt: '2024-09',
        }),
      );
    given(caseAggregate, ...openCase)
      .when(suspectViolation, { ...cites, occurredAt: '2023' }, { needed: needed(...recordedTerms) })
      .thenRefused('VERSION_UNCLEAR');
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
