import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';

@CommandInput('Takes an observation back: it no longer counts, and stays visible as withdrawn.')
export class WithdrawObservation extends CaseCommand {
  @Id('The observation.')
  observationId!: string;

  @Prose('Why it is withdrawn.')
  reason!: string;
}

@ObjectType({ description: 'An observation was withdrawn.' })
@StoredEvent<ObservationWithdrawn>('ObservationWithdrawn', {
  version: 1,
  stix: 'observed-data: revoked',
  summary: ({ reason }) => `Observation withdrawn: ${excerpt(reason)}`,
})
export class ObservationWithdrawn {
  @Field(() => ID, { description: 'The observation.' })
  observationId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const withdrawObservation = slice<CaseState, WithdrawObservation>(WithdrawObservation, (command, state) => {
  requireOpen(state);
  const { observationId, reason } = command;
  const observation = known(state.observations, observationId, 'observation');
  if (observation.retracted) refuse('ALREADY_WITHDRAWN', 'The observation is withdrawn already.');
  return [event(ObservationWithdrawn, { observationId, reason })];
});
