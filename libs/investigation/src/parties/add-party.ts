import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId, OptionalLine } from '../fields.js';
import { Text, TextInput } from '../values/text.js';
import { PartyKind, PartyRole } from '../values/enums.js';

@CommandInput('Adds an organisation, person, group or unidentified subject to a case.')
export class AddParty extends CaseCommand {
  @Field(() => PartyKind, { description: 'What the party is.' })
  @IsIn(Object.values(PartyKind))
  partyKind!: PartyKind;

  @OptionalLine('The name; omitted: unnamed.')
  name?: string | null;

  @Field(() => [PartyRole], { defaultValue: [], description: 'What the party is to the case.' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(Object.values(PartyRole), { each: true })
  partyRoles: PartyRole[] = [];

  @Field(() => TextInput, { nullable: true, description: 'Who or what the party is.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @OptionalId('The id of the new party, if you choose it: a UUID in lower case.')
  partyId?: string | null;
}

@ObjectType({ description: 'A party was added to a case.' })
@StoredEvent<PartyAdded>('PartyAdded', {
  version: 1,
  stix: 'identity: identity_class by the kind of party; a threat-actor where it is a subject',
  summary: ({ name, partyKind }) => `Party added: ${name ?? 'unnamed'} (${partyKind})`,
})
export class PartyAdded {
  @Field(() => ID, { description: 'The party.' })
  partyId!: string;

  @Field(() => PartyKind, { nullable: true, description: 'What the party is.' })
  partyKind?: PartyKind;

  @Field(() => String, { nullable: true, description: 'The name; null: unnamed.' })
  name?: string;

  @Field(() => [PartyRole], { nullable: true, description: 'What the party is to the case.' })
  partyRoles?: PartyRole[];

  @Field(() => Text, { nullable: true, description: 'Who or what the party is.' })
  description?: Text;
}

export const addParty = slice<CaseState, AddParty>(AddParty, (command, state, context) => {
  requireOpen(state);
  const partyId = newRecordId(state, command.partyId, context);
  const { partyKind, partyRoles } = command;
  const name = command.name ?? undefined;
  return [event(PartyAdded, { partyId, partyKind, name, partyRoles, description: command.description ?? undefined })];
});
