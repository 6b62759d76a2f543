import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, newRecordId, requireOpen, requireParties, requireRecords } from '../cases/case-state.js';
import { excerpt } from '../excerpt.js';
import { Choice, Ids, OptionalId, Parts, When } from '../fields.js';
import { ClauseCitation, ClauseCitationInput, cited, needTerms } from '../terms/citation.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Provision, ProvisionInput } from '../values/provision.js';
import { Source, SourceInput } from '../values/source.js';
import { Text, TextInput } from '../values/text.js';
import { ViolationKind } from './violation-kind.js';

@CommandInput('Records that a breach of the terms of service is suspected.')
export class SuspectViolation extends CaseCommand {
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

  @OptionalId('The id of the new violation, if you choose it: a UUID in lower case.')
  violationId?: string | null;
}

@ObjectType({ description: 'A breach of the terms of service was suspected.' })
@StoredEvent<TosViolationSuspected>('TosViolationSuspected', {
  version: 1,
  stix: 'event: policy-violation, status undetermined; incident determination suspected',
  summary: ({ description }) => `Violation suspected: ${excerpt(description?.text)}`,
})
export class TosViolationSuspected {
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

export const suspectViolation = slice<CaseState, SuspectViolation>(
  SuspectViolation,
  (command, state, context) => {
    requireOpen(state);
    const { description, source, provisions, violationKind, condition, subjects, about, occurredAt } = command;
    requireParties(state, [source.assertedBy, ...(source.via ?? []), ...subjects]);
    requireRecords(state, about);
    const citations = cited(command.citations, context.needed, occurredAt);
    const violationId = newRecordId(state, command.violationId, context);
    const facts = { description, source, provisions, violationKind, citations, condition, subjects, about, occurredAt };
    return [event(TosViolationSuspected, { violationId, ...facts } as TosViolationSuspected)];
  },
  { needs: ({ citations }) => needTerms(citations) },
);
