import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { Awareness } from './awareness.js';
import { StatedClaim } from './stated-claim.js';
import { StatementMedium, Wording } from './statement-medium.js';

@ObjectType({ description: 'What somebody said: the speaker, who relays it and who recorded it are three.' })
export class Statement extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => Text, { description: 'What was said.' })
  text!: Text;

  @Field(() => ID, { description: 'Who spoke: the party at the inner end of the source.' })
  speakerId!: string;

  @Field(() => Source, { description: 'The speaker, through whom it is known, and how good that is.' })
  source!: Source;

  @Field(() => ID, { nullable: true, description: 'The party that the speaker speaks for, or belongs to.' })
  affiliationId?: string;

  @Field(() => String, { nullable: true, description: 'In what capacity the speaker speaks.' })
  capacity?: string;

  @Field(() => StatementMedium, { description: 'In what form it was said.' })
  medium!: StatementMedium;

  @Field(() => Wording, { description: 'Whether the text gives the words of the speaker.' })
  wording!: Wording;

  @Field(() => [Text], { description: 'What is quoted of it word by word.' })
  quotations!: Text[];

  @Field(() => [StatedClaim], { description: 'What it claims, each as firmly as it is said.' })
  claims!: StatedClaim[];

  @Field(() => [Awareness], { description: 'What it says that somebody knew.' })
  awareness!: Awareness[];

  @Field(() => ID, { nullable: true, description: 'What it responds to.' })
  inResponseTo?: string;

  @Field(() => [ID], { description: 'Reports in which it stands.' })
  reportedIn!: string[];

  @Field(() => [ID], { description: 'Parties and records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTimeValue, { description: 'When it was said.' })
  occurredAt!: FuzzyTimeValue;
}
