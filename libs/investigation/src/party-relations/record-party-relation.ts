import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { PartyRelationCommand, PartyRelationFacts, partyRelationFacts } from './party-relation-fields.js';

@CommandInput('Records that one party stands in a relation to another, as a source says.')
export class RecordPartyRelation extends PartyRelationCommand {
  @OptionalId('The id of the new relation, if you choose it: a UUID in lower case.')
  partyRelationId?: string | null;
}

@ObjectType({ description: 'A relation between two parties was recorded.' })
@StoredEvent<PartyRelationRecorded>('PartyRelationRecorded', {
  version: 1,
  stix: 'relationship: between the two identities, of this relationship_type',
  summary: ({ partyRelationKind, qualifier }) =>
    `Relation recorded: ${partyRelationKind}${qualifier ? ` (${qualifier})` : ''}`,
})
export class PartyRelationRecorded extends PartyRelationFacts {}

export const recordPartyRelation = slice<CaseState, RecordPartyRelation>(
  RecordPartyRelation,
  (command, state, context) => {
    requireOpen(state);
    const partyRelationId = newRecordId(state, command.partyRelationId, context);
    return [event(PartyRelationRecorded, { partyRelationId, ...partyRelationFacts(command, state) })];
  },
);
