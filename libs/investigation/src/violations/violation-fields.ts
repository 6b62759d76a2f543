import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { type Context, type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { Choice, Ids, Parts, When } from '../fields.js';
import { requireParties, requireRecords, type WithRecords } from '../known-records.js';
import { type PartiesState } from '../parties/party-state.js';
import { contentOf } from '../same-content.js';
import { ClauseCitation, ClauseCitationInput, cited } from '../terms/citation.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Provision, ProvisionInput } from '../values/provision.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';
import { ViolationKind } from './violation-kind.js';

/** What a violation would be, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class ViolationCommand extends CaseCommand {
  @Field(() => TextInput, { description: 'What the suspected breach is.' })
  @ValidateNested()
  description!: TextInput;

  @Field(() => SourceInput, { description: 'Who suspects it, through whom we know, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;

  @Field(() => [ProvisionInput], { defaultValue: [], description: 'The provisions that would be broken.' })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  provisions: ProvisionInput[] = [];

  @Choice(ViolationKind, 'What sort of breach it is.', 'BREACH_OF_TERMS')
  violationKind: ViolationKind = 'BREACH_OF_TERMS';

  @Parts(ClauseCitationInput, 100, 'The clauses of recorded terms that would be broken.')
  citations: ClauseCitationInput[] = [];

  @Field(() => TextInput, { nullable: true, description: 'What it hangs on, if the suspicion is conditional.' })
  @IsOptional()
  @ValidateNested()
  condition?: TextInput | null;

  @Ids('Parties suspected of it.')
  subjects: string[] = [];

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @When('When it took place, if it did.')
  occurredAt: string = 'NOT_STATED';
}

/** What a violation would be, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ViolationFacts {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => Text, { nullable: true, description: 'What the suspected breach is.' })
  description?: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => [Provision], { description: 'The provisions that would be broken.' })
  provisions!: Provision[];

  @Field(() => ViolationKind, { nullable: true, description: 'What sort of breach it is; null: BREACH_OF_TERMS.' })
  violationKind?: ViolationKind;

  @Field(() => [ClauseCitation], { nullable: true, description: 'The clauses of recorded terms that are cited.' })
  citations?: ClauseCitation[];

  @Field(() => Text, { nullable: true, description: 'What it hangs on.' })
  condition?: Text;

  @Field(() => [ID], { description: 'Parties suspected of it.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

/** The facts of a command, everything it names checked; `before`: the clauses that the violation it corrects cites. */
export function violationFacts(
  command: ViolationCommand,
  state: Frozen<PartiesState & WithRecords>,
  needed: Context['needed'],
  before?: readonly ClauseCitation[],
): Omit<ViolationFacts, 'violationId'> {
  const { description, source, provisions, violationKind, condition, subjects, about, occurredAt } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...subjects]);
  requireRecords(state, about);
  const citations = cited(command.citations, needed, occurredAt, before);
  return {
    ...{ description, source, provisions, violationKind, citations, subjects, about, occurredAt },
    condition: condition ?? undefined,
  };
}

/** What an event says, with what stands for what it does not say of kind and clauses. */
export const told = ({ violationKind, citations, ...facts }: Omit<ViolationFacts, 'violationId'>) => ({
  ...facts,
  violationKind: violationKind ?? 'BREACH_OF_TERMS',
  citations: citations ?? [],
});

/** Both, what both cite once. */
export function allCited(before: readonly ClauseCitation[], more: readonly ClauseCitation[]): ClauseCitation[] {
  const known = new Set(before.map((one) => contentOf(one)));
  return [...before, ...more.filter((one) => !known.has(contentOf(one)))];
}
