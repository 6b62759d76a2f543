import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { attributionFacts } from './attribution-facts.js';
import { AttributionCommand, AttributionFacts } from './attribution-fields.js';

@CommandInput('Assesses whom a subject acts for or is linked to: one hypothesis, beside those that compete with it.')
export class AssessAttribution extends AttributionCommand {
  @OptionalId('The id of the new attribution, if you choose it: a UUID in lower case.')
  attributionId?: string | null;
}

@ObjectType({ description: 'Whom a subject acts for or is linked to was assessed.' })
@StoredEvent<AttributionAssessed>('AttributionAssessed', {
  version: 1,
  stix: 'relationship: attributed-to from the threat-actor or campaign to the identity, with confidence; an opinion for each dissent',
  summary: ({ attributionKind, likelihood }) =>
    `Attribution assessed: ${attributionKind}, ${likelihood ?? 'likelihood not stated'}`,
})
export class AttributionAssessed extends AttributionFacts {}

export const assessAttribution = slice<CaseState, AssessAttribution>(AssessAttribution, (command, state, context) => {
  requireOpen(state);
  const attributionId = newRecordId(state, command.attributionId, context);
  return [event(AttributionAssessed, { attributionId, ...attributionFacts(command, state) })];
});
