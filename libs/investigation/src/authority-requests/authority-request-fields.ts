import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsOptional } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Choice, Id, Ids, OptionalId, OptionalLine, OptionalWords, SaidBy, When, Words } from '../fields.js';
import { Channel } from '../values/enums.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { AuthorityRequestKind } from './authority-request-kind.js';

/** A request or order of an authority, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class AuthorityRequestCommand extends CaseCommand {
  @Choice(AuthorityRequestKind, 'What sort of request it is.')
  requestKind!: AuthorityRequestKind;

  @Id('The authority that asks: a party of this case.')
  authorityId!: string;

  @OptionalId('The party that is asked.')
  toPartyId?: string | null;

  @Words('What is asked for, or ordered.')
  description!: TextInput;

  @OptionalWords('The law that it rests on.')
  legalBasis?: TextInput | null;

  @OptionalLine('Where that law holds.')
  jurisdiction?: string | null;

  @OptionalLine('The reference or docket number it has with the authority.')
  reference?: string | null;

  @Choice(Channel, 'How it came.', 'NOT_STATED')
  channel: Channel = 'NOT_STATED';

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it forbids telling those concerned; null: not stated.',
  })
  @IsOptional()
  @IsBoolean()
  confidential?: boolean | null;

  @Ids('Parties that it concerns.')
  subjects: string[] = [];

  @Ids('Records of this case that it is about.')
  about: string[] = [];

  @When('When it was issued.')
  issuedAt: string = 'NOT_STATED';

  @When('When it was received.')
  occurredAt: string = 'NOT_STATED';

  @When('When the answer is due.')
  dueAt: string = 'NOT_STATED';

  @SaidBy()
  source!: SourceInput;
}

/** A request or order of an authority, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class AuthorityRequestFacts {
  @Field(() => ID, { description: 'The request.' })
  authorityRequestId!: string;

  @Field(() => AuthorityRequestKind, { description: 'What sort of request it is.' })
  requestKind!: AuthorityRequestKind;

  @Field(() => ID, { description: 'The authority that asks: a party of this case.' })
  authorityId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that is asked.' })
  toPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'What is asked for, or ordered.' })
  description?: Text;

  @Field(() => Text, { nullable: true, description: 'The law that it rests on.' })
  legalBasis?: Text;

  @Field(() => String, { nullable: true, description: 'Where that law holds.' })
  jurisdiction?: string;

  @Field(() => String, { nullable: true, description: 'The reference or docket number it has with the authority.' })
  reference?: string;

  @Field(() => Channel, { description: 'How it came.' })
  channel!: Channel;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it forbids telling those concerned; null: not stated.',
  })
  confidential?: boolean;

  @Field(() => [ID], { description: 'Parties that it concerns.' })
  subjects!: string[];

  @Field(() => [ID], { description: 'Records of this case that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it was issued.' })
  issuedAt!: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;

  @Field(() => FuzzyTime, { description: 'When the answer is due.' })
  dueAt!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function authorityRequestFacts(
  command: AuthorityRequestCommand,
  state: Frozen<CaseState>,
): Omit<AuthorityRequestFacts, 'authorityRequestId'> {
  const { requestKind, authorityId, toPartyId, description, legalBasis, jurisdiction, reference } = command;
  const { channel, confidential, subjects, about, issuedAt, occurredAt, dueAt, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), authorityId, toPartyId, ...subjects]);
  requireRecords(state, about);
  const facts = {
    ...{ requestKind, authorityId, toPartyId, description, legalBasis, jurisdiction, reference },
    ...{ channel, confidential, subjects, about, issuedAt, occurredAt, dueAt, source },
  };
  return facts as Omit<AuthorityRequestFacts, 'authorityRequestId'>;
}
