import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known, requireParties } from '../known-records.js';
import { Ids, OptionalLine, When } from '../fields.js';
import { AccessChannel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Quantity, QuantityInput } from '../values/quantity.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';

/** What an observation says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class ObservationCommand extends CaseCommand {
  @Field(() => TextInput, { description: 'What was observed.' })
  @ValidateNested()
  description!: TextInput;

  @Field(() => SourceInput, { description: 'Who says so, through whom, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;

  @Ids('Parties whose activity it is.')
  subjects: string[] = [];

  @Ids('Parties who observed it.')
  observedBy: string[] = [];

  @When('When the activity took place.')
  occurredAt: string = 'NOT_STATED';

  @When('When it was observed.')
  observedAt: string = 'NOT_STATED';

  @Field(() => [QuantityInput], { defaultValue: [], description: 'How much of what.' })
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  quantities: QuantityInput[] = [];

  @Field(() => AccessChannel, { nullable: true, description: 'By what way the service was used; null: not stated.' })
  @IsOptional()
  @IsIn(Object.values(AccessChannel))
  accessChannel?: AccessChannel | null;

  @OptionalLine('The product that was used, as its provider or the source names it.')
  product?: string | null;

  @OptionalLine('The model that was used.')
  model?: string | null;

  @OptionalLine('The endpoint that was used: `/v1/chat/completions`.')
  endpoint?: string | null;

  @Ids('Techniques of this case that it shows in use.')
  techniques: string[] = [];

  @Ids('Exhibits of this case that it rests on.')
  exhibits: string[] = [];
}

/** What an observation says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ObservationFacts {
  @Field(() => ID, { description: 'The observation.' })
  observationId!: string;

  @Field(() => Text, { nullable: true, description: 'What was observed.' })
  description?: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => [ID], { description: 'Parties whose activity it is.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Parties who observed it.' })
  observedBy!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;

  @Field(() => FuzzyTime, { description: 'When it was observed, as stated.' })
  observedAt!: string;

  @Field(() => [Quantity], { description: 'How much of what.' })
  quantities!: Quantity[];

  @Field(() => AccessChannel, { nullable: true, description: 'By what way the service was used; null: not stated.' })
  accessChannel?: AccessChannel;

  @Field(() => String, { nullable: true, description: 'The product that was used.' })
  product?: string;

  @Field(() => String, { nullable: true, description: 'The model that was used.' })
  model?: string;

  @Field(() => String, { nullable: true, description: 'The endpoint that was used.' })
  endpoint?: string;

  @Field(() => [ID], { nullable: true, description: 'Techniques of the case that it shows in use; null: none.' })
  techniques?: string[];

  @Field(() => [ID], { nullable: true, description: 'Exhibits of the case that it rests on; null: none.' })
  exhibits?: string[];
}

/** The facts of a command, its references checked. What nothing is said of leaves no field behind. */
export function observationFacts(
  command: ObservationCommand,
  state: Frozen<CaseState>,
): Omit<ObservationFacts, 'observationId'> {
  const { description, source, subjects, observedBy, occurredAt, observedAt, quantities } = command;
  const { techniques, exhibits } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...subjects, ...observedBy]);
  for (const id of techniques) known(state.techniques, id, 'technique');
  for (const id of exhibits) known(state.exhibits, id, 'exhibit');
  return {
    ...{ description, source, subjects, observedBy, occurredAt, observedAt, quantities },
    accessChannel: command.accessChannel ?? undefined,
    product: command.product ?? undefined,
    model: command.model ?? undefined,
    endpoint: command.endpoint ?? undefined,
    techniques: techniques.length > 0 ? techniques : undefined,
    exhibits: exhibits.length > 0 ? exhibits : undefined,
  };
}
