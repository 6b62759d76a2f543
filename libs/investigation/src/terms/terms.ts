import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { RecordedBy } from '#api/recorded-by.js';
import { Instant } from '#api/scalars.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Text } from '../values/text.js';
import { Clause } from './clause.js';
import { TermsKind } from './terms-enums.js';

@ObjectType({ description: 'A version of terms.' })
export class TermsVersion {
  @Field(() => String, { description: 'Its name, as the document has it.' })
  version!: string;

  @Field(() => FuzzyTimeValue, { description: 'From when on it is in force.' })
  effectiveFrom!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, {
    description: 'Until when it is in force; not stated: until one that begins later is.',
  })
  effectiveUntil!: FuzzyTimeValue;

  @Field(() => [Clause], { description: 'Its clauses, those that matter at least.' })
  clauses!: Clause[];
}

@ObjectType({ description: 'A document of terms. It belongs to no case: violations of any case cite its clauses.' })
export class Terms {
  @Field(() => ID, { description: 'A UUID that never changes.' })
  id!: string;

  @Field(() => Int, { description: 'The revision of its last change: give it as expectedRevision to change it.' })
  revision!: number;

  @Field(() => Instant, { description: 'When it was first recorded.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who first recorded it.' })
  recordedBy!: RecordedBy;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => TermsKind, { description: 'What sort of terms it holds.' })
  termsKind!: TermsKind;

  @Field(() => String, { description: 'Whose terms they are, by name.' })
  issuer!: string;

  @Field(() => [String], { description: 'The products that they apply to, by name.' })
  products!: string[];

  @Field(() => Text, { nullable: true, description: 'What they are about.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'Where they can be read.' })
  url?: string;

  @Field(() => [TermsVersion], { description: 'Its versions, in the order of recording.' })
  versions!: TermsVersion[];
}
