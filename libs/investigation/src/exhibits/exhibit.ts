import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { ExhibitKind } from './exhibit-kind.js';

@ObjectType({
  description:
    'A piece of evidence: what it is, where it is kept and what its content hashes to. The content is not here.',
})
export class Exhibit extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ExhibitKind, { description: 'What sort of evidence it is.' })
  exhibitKind!: ExhibitKind;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: "The investigators' own number of it (exhibitNumber of CASE/UCO).",
  })
  exhibitNumber?: string;

  @Field(() => Text, { nullable: true, description: 'What it holds and shows.' })
  description?: Text;

  @Field(() => Source, { description: 'Who says what it is, through whom, and how good that is.' })
  source!: Source;

  @Field(() => FuzzyTimeValue, { description: 'When it was collected.' })
  collectedAt!: FuzzyTimeValue;

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

  @Field(() => String, {
    nullable: true,
    description: 'The SHA-256 of its content: 64 hexadecimal digits, in lower case.',
  })
  sha256?: string;

  @Field(() => [ID], { description: 'Exhibits of the case that it was made from.' })
  derivedFrom!: string[];
}
