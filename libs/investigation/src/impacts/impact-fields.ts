import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Choice, Ids, OptionalPart, SaidBy, When, Words } from '../fields.js';
import { Amount } from '../values/amount.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { Causation } from './causation.js';
import { LossKind } from './loss-kind.js';

/** A harm or loss, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class ImpactCommand extends CaseCommand {
  @Words('What the harm or loss is.')
  description!: TextInput;

  @SaidBy()
  source!: SourceInput;

  @Choice(LossKind, 'What sort of loss it is (VERIS 1.3, `impact.loss.variety`).', 'NOT_STATED')
  lossKind: LossKind = 'NOT_STATED';

  @Ids('The parties that suffer it.')
  affected: string[] = [];

  @OptionalPart(Amount, 'How much it is.')
  amount?: Amount | null;

  @OptionalPart(Causation, 'What is said to have led to it, exactly as it is said.')
  causation?: Causation | null;

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @When('When it happened.')
  occurredAt: string = 'NOT_STATED';
}

/** A harm or loss, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ImpactFacts {
  @Field(() => ID, { description: 'The impact.' })
  impactId!: string;

  @Field(() => Text, { nullable: true, description: 'What the harm or loss is.' })
  description?: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => LossKind, { description: 'What sort of loss it is (VERIS 1.3, `impact.loss.variety`).' })
  lossKind!: LossKind;

  @Field(() => [ID], { description: 'The parties that suffer it.' })
  affected!: string[];

  @Field(() => Amount, { nullable: true, description: 'How much it is.' })
  amount?: Amount;

  @Field(() => Causation, { nullable: true, description: 'What is said to have led to it, exactly as it is said.' })
  causation?: Causation;

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

/** The facts of a command, everything it names checked. */
export function impactFacts(command: ImpactCommand, state: Frozen<CaseState>): Omit<ImpactFacts, 'impactId'> {
  const { description, source, lossKind, affected } = command;
  const { amount, causation, about, occurredAt } = command;
  const others = causation?.source;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...affected]);
  requireParties(state, [others?.assertedBy, ...(others?.via ?? [])]);
  requireRecords(state, [...about, ...(causation?.causes ?? [])]);
  const facts = { ...{ description, source, lossKind, affected }, ...{ amount, causation, about, occurredAt } };
  return facts as Omit<ImpactFacts, 'impactId'>;
}
