import { Field, Float, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, Length, Matches } from 'class-validator';
import { IsShown } from '#event-sourcing/shown.js';
import { CaseCommand } from '../cases/case-command.js';
import { Choice, Ids, Line, OptionalId, OptionalWords, SaidBy, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { WholeNumber } from '../values/quantity.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { ExhibitKind } from './exhibit-kind.js';

/** `type/subtype`, by the names that RFC 6838 allows, without parameters. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;
const SHA_256 = /^[0-9a-f]{64}$/i;

/** What an exhibit is, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class ExhibitCommand extends CaseCommand {
  @Choice(ExhibitKind, 'What sort of evidence it is.')
  exhibitKind!: ExhibitKind;

  @Line('What it is called.')
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: "The investigators' own number of it (exhibitNumber of CASE/UCO), 1-100 characters.",
  })
  @IsOptional()
  @Length(1, 100)
  @IsShown()
  exhibitNumber?: string | null;

  @OptionalWords('What it holds and shows.')
  description?: TextInput | null;

  @SaidBy('Who says what it is, through whom, and how good that is.')
  source!: SourceInput;

  @When('When it was collected.')
  collectedAt: string = 'NOT_STATED';

  @OptionalId('The party that collected it.')
  collectedBy?: string | null;

  @OptionalId('The party that keeps it.')
  custodianId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is kept: an address, a path, a safe; 1-2,000 characters.',
  })
  @IsOptional()
  @Length(1, 2000)
  @IsShown()
  location?: string | null;

  @Field(() => String, { nullable: true, description: 'The media type of its content, such as `text/csv`.' })
  @IsOptional()
  @Matches(MEDIA_TYPE, { message: 'mediaType must be a type and a subtype, such as "text/csv", without parameters' })
  mediaType?: string | null;

  @WholeNumber('How many bytes its content has.')
  sizeBytes?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The SHA-256 of its content: 64 hexadecimal digits. It is kept in lower case.',
  })
  @IsOptional()
  @Matches(SHA_256, { message: 'sha256 must be 64 hexadecimal digits (0-9, a-f)' })
  sha256?: string | null;

  @Ids('Exhibits of this case that it was made from.')
  derivedFrom: string[] = [];
}

/** What an exhibit is, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ExhibitFacts {
  @Field(() => ID, { description: 'The exhibit.' })
  exhibitId!: string;

  @Field(() => ExhibitKind, { description: 'What sort of evidence it is.' })
  exhibitKind!: ExhibitKind;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  title?: string;

  @Field(() => String, { nullable: true, description: "The investigators' own number of it." })
  exhibitNumber?: string;

  @Field(() => Text, { nullable: true, description: 'What it holds and shows.' })
  description?: Text;

  @Field(() => Source, { description: 'Who says what it is, through whom, and how good that is.' })
  source!: Source;

  @Field(() => FuzzyTime, { description: 'When it was collected, as stated.' })
  collectedAt!: string;

  @Field(() => ID, { nullable: true, description: 'The party that collected it.' })
  collectedBy?: string;

  @Field(() => ID, { nullable: true, description: 'The party that keeps it.' })
  custodianId?: string;

  @Field(() => String, { nullable: true, description: 'Where it is kept.' })
  location?: string;

  @Field(() => String, { nullable: true, description: 'The media type of its content.' })
  mediaType?: string;

  @Field(() => Float, { nullable: true, description: 'How many bytes its content has.' })
  sizeBytes?: number;

  @Field(() => String, { nullable: true, description: 'The SHA-256 of its content: 64 hexadecimal digits.' })
  sha256?: string;

  @Field(() => [ID], { description: 'Exhibits of the case that it was made from.' })
  derivedFrom!: string[];
}
