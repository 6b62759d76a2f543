import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, caseClosed, observationWithdrawn, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { observation, partner, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { ObservationWithdrawn, withdrawObservation } from './withdraw-observation.js';

const observed = [...openCase, activityObserved()];

describe('withdrawObservation', () => {
  it('withdraws an observation', () => {
    given(caseAggregate, ...observed)
      .when(withdrawObservation, commands.withdrawObservation())
      .then(event(ObservationWithdrawn, { observationId: observation, reason: 'A misreading.' }));
  });

  it('refuses a withdrawn observation', () => {
    given(caseAggregate, ...observed, observationWithdrawn())
      .when(withdrawObservation, commands.withdrawObservation())
      .thenRefused('ALREADY_WITHDRAWN');
  });

  it.each([
    ['an unknown id', unknown],
    ['the id of a record of another kind', partner],
  ])('refuses %s', (_, observationId) => {
    given(caseAggregate, ...observed)
      .when(withdrawObservation, commands.withdrawObservation({ observationId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...observed, caseClosed())
      .when(withdrawObservation, commands.withdrawObservation())
      .thenRefused('CASE_CLOSED');
  });
});
