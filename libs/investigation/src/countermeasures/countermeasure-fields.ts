import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Choice, Ids, OptionalId, OptionalPart, Parts, SaidBy, Words } from '../fields.js';
import { Quantity } from '../values/quantity.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { AtlasMitigation } from './atlas-mitigation.js';
import { CountermeasureKind } from './countermeasure-kind.js';

/** A countermeasure, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class CountermeasureCommand extends CaseCommand {
  @Choice(CountermeasureKind, 'What sort of countermeasure it is.')
  countermeasureKind!: CountermeasureKind;

  @Words('What is done, or is to be done.')
  description!: TextInput;

  @OptionalPart(AtlasMitigation, 'The mitigation of MITRE ATLAS that it is.')
  mitigation?: AtlasMitigation | null;

  @Ids('Parties that it is directed at.')
  subjects: string[] = [];

  @Parts(Quantity, 50, 'How much of what it reaches: accounts, keys.')
  quantities: Quantity[] = [];

  @OptionalId('The party that takes it.')
  byPartyId?: string | null;

  @Ids('Records of this case that it answers or is about.')
  about: string[] = [];

  @SaidBy()
  source!: SourceInput;
}

/** A countermeasure, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class CountermeasureFacts {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => CountermeasureKind, { description: 'What sort of countermeasure it is.' })
  countermeasureKind!: CountermeasureKind;

  @Field(() => Text, { nullable: true, description: 'What is done, or is to be done.' })
  description?: Text;

  @Field(() => AtlasMitigation, { nullable: true, description: 'The mitigation of MITRE ATLAS that it is.' })
  mitigation?: AtlasMitigation;

  @Field(() => [ID], { description: 'Parties that it is directed at.' })
  subjects!: string[];

  @Field(() => [Quantity], { description: 'How much of what it reaches: accounts, keys.' })
  quantities!: Quantity[];

  @Field(() => ID, { nullable: true, description: 'The party that takes it.' })
  byPartyId?: string;

  @Field(() => [ID], { description: 'Records of this case that it answers or is about.' })
  about!: string[];

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function countermeasureFacts(
  command: CountermeasureCommand,
  state: Frozen<CaseState>,
): Omit<CountermeasureFacts, 'countermeasureId'> {
  const { countermeasureKind, description, mitigation, subjects } = command;
  const { quantities, byPartyId, about, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), byPartyId, ...subjects]);
  requireRecords(state, about);
  const facts = {
    ...{ countermeasureKind, description, mitigation, subjects },
    ...{ quantities, byPartyId, about, source },
  };
  return facts as Omit<CountermeasureFacts, 'countermeasureId'>;
}
