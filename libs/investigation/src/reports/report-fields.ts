import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUrl, MaxLength } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { Choice, Ids, OptionalId, OptionalLine, OptionalPart, OptionalWords, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { InferredTime } from '../values/inferred-time.js';
import { Text, type TextInput } from '../values/text.js';
import { ReportKind } from './report-kind.js';
import { IsLanguage } from '../values/language.js';

/** A publication, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class ReportCommand extends CaseCommand {
  @Choice(ReportKind, 'What sort of publication it is.', 'NOT_STATED')
  reportKind: ReportKind = 'NOT_STATED';

  @OptionalLine('Its headline or title.')
  title?: string | null;

  @OptionalWords('What it reports, in short.')
  description?: TextInput | null;

  @OptionalId('The party that stands for this report in chains of sources.')
  reportPartyId?: string | null;

  @OptionalId('The party that published it.')
  publisherId?: string | null;

  @Ids('The parties who wrote it.')
  authors: string[] = [];

  @Ids('The parties that it says it has its information from.')
  reliesOn: string[] = [];

  @Field(() => String, { nullable: true, description: 'Its language, a BCP 47 tag such as `fr`.' })
  @IsOptional()
  @IsLanguage()
  language?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it can be read: an http or https address, at most 2,000 characters.',
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  url?: string | null;

  @When('When it was published, as it says itself.')
  publishedAt: string = 'NOT_STATED';

  @OptionalPart(InferredTime, "When it was published by the recorder's own inference, if it does not say.")
  publishedAtInferred?: InferredTime | null;

  @When('When the copy that was read was obtained.')
  obtainedAt: string = 'NOT_STATED';
}

/** A publication, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ReportFacts {
  @Field(() => ID, { description: 'The report.' })
  reportId!: string;

  @Field(() => ReportKind, { description: 'What sort of publication it is.' })
  reportKind!: ReportKind;

  @Field(() => String, { nullable: true, description: 'Its headline or title.' })
  title?: string;

  @Field(() => Text, { nullable: true, description: 'What it reports, in short.' })
  description?: Text;

  @Field(() => ID, { nullable: true, description: 'The party that stands for this report in chains of sources.' })
  reportPartyId?: string;

  @Field(() => ID, { nullable: true, description: 'The party that published it.' })
  publisherId?: string;

  @Field(() => [ID], { description: 'The parties who wrote it.' })
  authors!: string[];

  @Field(() => [ID], { description: 'The parties that it says it has its information from.' })
  reliesOn!: string[];

  @Field(() => String, { nullable: true, description: 'Its language, a BCP 47 tag such as `fr`.' })
  language?: string;

  @Field(() => String, { nullable: true, description: 'Where it can be read.' })
  url?: string;

  @Field(() => FuzzyTime, { description: 'When it was published, as it says itself.' })
  publishedAt!: string;

  @Field(() => InferredTime, {
    nullable: true,
    description: "When it was published by the recorder's own inference, if it does not say.",
  })
  publishedAtInferred?: InferredTime;

  @Field(() => FuzzyTime, { description: 'When the copy that was read was obtained.' })
  obtainedAt!: string;
}

/** The facts of a command, everything it names checked. */
export function reportFacts(command: ReportCommand, state: Frozen<CaseState>): Omit<ReportFacts, 'reportId'> {
  const { reportKind, title, description, reportPartyId, publisherId, authors } = command;
  const { reliesOn, language, url, publishedAt, publishedAtInferred, obtainedAt } = command;
  requireParties(state, [reportPartyId, publisherId, ...authors, ...reliesOn]);
  const facts = {
    ...{ reportKind, title, description, reportPartyId, publisherId, authors },
    ...{ reliesOn, language, url, publishedAt, publishedAtInferred, obtainedAt },
  };
  return facts as Omit<ReportFacts, 'reportId'>;
}
