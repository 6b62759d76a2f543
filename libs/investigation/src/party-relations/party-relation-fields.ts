import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, ValidateBy, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { Id, isGiven, OptionalLine, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, SourceInput } from '../values/source.js';
import { PartyRelationKind } from './party-relation-kind.js';

/** What a relation says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class PartyRelationCommand extends CaseCommand {
  @Id('The party that stands in the relation.')
  fromPartyId!: string;

  @Field(() => PartyRelationKind, { description: 'How it stands to the other. OTHER needs a qualifier.' })
  @IsIn(Object.values(PartyRelationKind))
  @IsNamed()
  partyRelationKind!: PartyRelationKind;

  @Id('The party that it stands in the relation to.')
  toPartyId!: string;

  @OptionalLine('What the source says of the relation beside its kind: `a major technology partner`.')
  qualifier?: string | null;

  @When('When the relation held: `2023/..`, since 2023.')
  period: string = 'NOT_STATED';

  @Field(() => SourceInput, { description: 'Who says so, through whom, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;
}

/** What a relation says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class PartyRelationFacts {
  @Field(() => ID, { description: 'The relation.' })
  partyRelationId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that stands in the relation.' })
  fromPartyId?: string;

  @Field(() => PartyRelationKind, { description: 'How it stands to the other.' })
  partyRelationKind!: PartyRelationKind;

  @Field(() => ID, { nullable: true, description: 'The party that it stands in the relation to.' })
  toPartyId?: string;

  @Field(() => String, { nullable: true, description: 'What the source says of the relation beside its kind.' })
  qualifier?: string;

  @Field(() => FuzzyTime, { description: 'When the relation held, as stated.' })
  period!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, its parties checked. Refuses with SAME_PARTY what relates a party to itself. */
export function partyRelationFacts(
  command: PartyRelationCommand,
  state: Frozen<CaseState>,
): Omit<PartyRelationFacts, 'partyRelationId'> {
  const { fromPartyId, partyRelationKind, toPartyId, qualifier, period, source } = command;
  requireParties(state, [fromPartyId, toPartyId, source.assertedBy, ...(source.via ?? [])]);
  if (fromPartyId === toPartyId) refuse('SAME_PARTY', 'A party stands in no relation to itself; name two.');
  return { fromPartyId, partyRelationKind, toPartyId, qualifier: qualifier ?? undefined, period, source };
}

/** A relation of no kind of ours says what it is. */
function IsNamed(): PropertyDecorator {
  return ValidateBy({
    name: 'isNamed',
    validator: {
      validate: (kind, args) => kind !== 'OTHER' || isGiven((args!.object as PartyRelationCommand).qualifier),
      defaultMessage: () => 'OTHER needs a qualifier that names the relation',
    },
  });
}
