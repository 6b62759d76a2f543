import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { catalogueNeed, TechniqueCommand, TechniqueFacts, techniqueFacts } from './technique-fields.js';

@CommandInput('Records that the use of a technique is suspected, and how that is assessed.')
export class SuspectTechnique extends TechniqueCommand {
  @OptionalId('The id of the new record, if you choose it: a UUID in lower case.')
  techniqueId?: string | null;
}

@ObjectType({ description: 'The use of a technique was suspected.' })
@StoredEvent<TechniqueSuspected>('TechniqueSuspected', {
  version: 1,
  stix: 'attack-pattern: with the external id and version; a relationship (uses) with confidence',
  summary: ({ mitreId, techniqueName }) => `Technique suspected: ${mitreId}${techniqueName ? ` ${techniqueName}` : ''}`,
})
export class TechniqueSuspected extends TechniqueFacts {}

export const suspectTechnique = slice<CaseState, SuspectTechnique>(
  SuspectTechnique,
  (command, state, context) => {
    requireOpen(state);
    const techniqueId = newRecordId(state, command.techniqueId, context);
    return [event(TechniqueSuspected, { techniqueId, ...techniqueFacts(command, state, context.needed) })];
  },
  { needs: catalogueNeed },
);
