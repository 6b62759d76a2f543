import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, OptionalLine, OptionalProse } from '../fields.js';
import { changesNothing } from '../same-content.js';
import { Text, TextInput } from '../values/text.js';
import { PartyKind, PartyRole } from '../values/enums.js';

@CommandInput('Changes what is recorded of a party: what is omitted stays.')
export class AmendParty extends CaseCommand {
  @Id('The party.')
  partyId!: string;

  @Field(() => PartyKind, { nullable: true, description: 'What the party is. Omitted: unchanged.' })
  @IsOptional()
  @IsIn(Object.values(PartyKind))
  partyKind?: PartyKind | null;

  @OptionalLine('The name. Omitted: unchanged.')
  name?: string | null;

  @Field(() => [PartyRole], {
    nullable: true,
    description: 'What the party is to the case, all of it. Omitted: unchanged.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(Object.values(PartyRole), { each: true })
  partyRoles?: PartyRole[] | null;

  @Field(() => TextInput, { nullable: true, description: 'Who or what the party is. Omitted: unchanged.' })
  @IsOptional()
  @ValidateNested()
  description?: TextInput | null;

  @OptionalProse('Why it is changed.')
  reason?: string | null;
}

@ObjectType({ description: 'What is recorded of a party was changed.' })
@StoredEvent<PartyAmended>('PartyAmended', {
  version: 1,
  stix: 'identity: a later version of it (modified)',
  summary: ({ reason }) => `Party amended${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class PartyAmended {
  @Field(() => ID, { description: 'The party.' })
  partyId!: string;

  @Field(() => PartyKind, { nullable: true, description: 'What the party is from now on; null: unchanged.' })
  partyKind?: PartyKind;

  @Field(() => String, { nullable: true, description: 'The name from now on; null: unchanged.' })
  name?: string;

  @Field(() => [PartyRole], {
    nullable: true,
    description: 'What the party is to the case from now on; null: unchanged.',
  })
  partyRoles?: PartyRole[];

  @Field(() => Text, { nullable: true, description: 'Who or what the party is, from now on; null: unchanged.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const amendParty = slice<CaseState, AmendParty>(AmendParty, (command, state) => {
  requireOpen(state);
  const { partyId, partyKind, name, partyRoles, description, reason } = command;
  const party = standing(state.parties, partyId, 'party');
  const changes = { partyKind, name, partyRoles, description };
  if (changesNothing(party, changes))
    refuse('NOTHING_CHANGED', 'Give at least one of partyKind, name, partyRoles and description that differs.');
  return [event(PartyAmended, { partyId, ...changes, reason } as PartyAmended)];
});
