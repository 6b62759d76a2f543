import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { requireChanged } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ObservationCommand, ObservationFacts, observationFacts } from './observation-fields.js';

@CommandInput('Replaces what an observation says, whole; the earlier text stays in history.')
export class CorrectObservation extends ObservationCommand {
  @Id('The observation.')
  observationId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What an observation says was replaced, whole.' })
@StoredEvent<ObservationCorrected>('ObservationCorrected', {
  version: 1,
  stix: 'observed-data: a later version of it (modified)',
  summary: ({ reason }) => `Observation corrected: ${excerpt(reason)}`,
})
export class ObservationCorrected extends ObservationFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctObservation = slice<CaseState, CorrectObservation>(CorrectObservation, (command, state) => {
  requireOpen(state);
  const { observationId, reason } = command;
  const observation = known(state.observations, observationId, 'observation');
  if (observation.retracted) refuse('OBSERVATION_WITHDRAWN', 'The observation is withdrawn; record a new one.');
  const facts = observationFacts(command, state);
  requireChanged(observation, facts);
  return [event(ObservationCorrected, { observationId, ...facts, reason })];
});
