import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, caseClosed, observationWithdrawn, openCase } from '../../../../test/builders/case-events.js';
import { techniqueSuspected } from '../../../../test/builders/assessment-events.js';
import { given } from '../../../../test/builders/decide.js';
import { exhibitRecorded } from '../../../../test/builders/exhibit-events.js';
import { exhibit, observation, partner, subject, technique, unknown } from '../../../../test/builders/ids.js';
import { quantity, source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctObservation, ObservationCorrected } from './correct-observation.js';

const observed = [
  ...openCase,
  techniqueSuspected(),
  exhibitRecorded(),
  activityObserved({ subjects: [subject], occurredAt: '2024-23' }),
];
const asObserved = {
  description: text('Large amounts of data left through the API.'),
  source: source(partner),
  subjects: [subject],
  occurredAt: '2024-23',
};
const corrected = (over: Partial<ObservationCorrected>) =>
  event(ObservationCorrected, {
    observationId: observation,
    description: text('Less than thought.'),
    source: source(partner),
    subjects: [],
    observedBy: [],
    occurredAt: 'NOT_STATED',
    observedAt: 'NOT_STATED',
    quantities: [],
    reason: 'Counted again.',
    ...over,
  });

describe('correctObservation', () => {
  it('replaces the observation whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...observed)
      .when(correctObservation, commands.correctObservation())
      .then(corrected({ subjects: [], occurredAt: 'NOT_STATED' }));
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...observed)
      .when(correctObservation, commands.correctObservation.full())
      .then(
        corrected({
          subjects: [subject],
          observedBy: [partner],
          occurredAt: '2024-09/2024-11',
          observedAt: '2024-23',
          quantities: [quantity({ asStated: 'large amounts' })],
          accessChannel: 'API',
          product: 'Completion API',
          model: 'large-2',
          endpoint: '/v1/completions',
          techniques: [technique],
          exhibits: [exhibit],
        }),
      );
  });

  it('takes a correction of one thing', () => {
    given(caseAggregate, ...observed)
      .when(correctObservation, commands.correctObservation({ ...asObserved, occurredAt: '2024-24' }))
      .then(corrected({ ...asObserved, occurredAt: '2024-24' }));
  });

  it('refuses what says exactly the same, for whatever reason', () => {
    given(caseAggregate, ...observed)
      .when(correctObservation, commands.correctObservation({ ...asObserved, reason: 'Another reason.' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('tells apart from what was corrected last', () => {
    given(caseAggregate, ...observed, corrected({}))
      .when(correctObservation, commands.correctObservation())
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...observed, corrected({}))
      .when(correctObservation, commands.correctObservation(asObserved))
      .then(corrected(asObserved));
  });

  it('refuses a withdrawn observation', () => {
    given(caseAggregate, ...observed, observationWithdrawn())
      .when(correctObservation, commands.correctObservation())
      .thenRefused('OBSERVATION_WITHDRAWN');
  });

  it.each([
    ['an unknown observation', { observationId: unknown }],
    ['the id of a record of another kind', { observationId: partner }],
    ['an unknown source', { source: source(unknown) }],
    ['an unknown subject', { subjects: [unknown] }],
    ['an unknown technique', { techniques: [unknown] }],
    ['a record of another kind as a technique', { techniques: [partner] }],
    ['an unknown exhibit', { exhibits: [unknown] }],
    ['a record of another kind as an exhibit', { exhibits: [partner] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...observed)
      .when(correctObservation, commands.correctObservation(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...observed, caseClosed())
      .when(correctObservation, commands.correctObservation())
      .thenRefused('CASE_CLOSED');
  });
});
