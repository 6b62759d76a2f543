import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { IdentifierKind } from './identifier-kind.js';

@ObjectType({ description: 'By what a subject is known: an account, key, address or the like.' })
export class Identifier extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ID, { description: 'The party that it identifies.' })
  subjectId!: string;

  @Field(() => IdentifierKind, { description: 'What it names.' })
  identifierKind!: IdentifierKind;

  @Field(() => String, {
    description:
      'The identifier, normalised; of an API key `hmac-sha256:` and a hash by a secret of this installation.',
  })
  identifierValue!: string;

  @Field(() => String, { nullable: true, description: 'Who issued it; null: not stated.' })
  identifierIssuer?: string;

  @Field(() => FuzzyTimeValue, { description: 'When it was first seen in use.' })
  firstSeenAt!: FuzzyTimeValue;

  @Field(() => FuzzyTimeValue, { description: 'When it was last seen in use.' })
  lastSeenAt!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
