import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ObservationCommand, ObservationFacts, observationFacts } from './observation-fields.js';

@CommandInput('Records that suspicious activity was observed.')
export class ObserveSuspiciousActivity extends ObservationCommand {
  @OptionalId('The id of the new observation, if you choose it: a UUID in lower case.')
  observationId?: string | null;
}

@ObjectType({ description: 'Suspicious activity was observed.' })
@StoredEvent<SuspiciousActivityObserved>('SuspiciousActivityObserved', {
  version: 1,
  stix: 'observed-data: with an event (unauthorized-use, data-exfiltration, …) of this fidelity; a sighting where it has an observer',
  summary: ({ description }) => `Suspicious activity observed: ${excerpt(description?.text)}`,
})
export class SuspiciousActivityObserved extends ObservationFacts {}

export const observeSuspiciousActivity = slice<CaseState, ObserveSuspiciousActivity>(
  ObserveSuspiciousActivity,
  (command, state, context) => {
    requireOpen(state);
    const observationId = newRecordId(state, command.observationId, context);
    return [event(SuspiciousActivityObserved, { observationId, ...observationFacts(command, state) })];
  },
);
