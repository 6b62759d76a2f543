import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AssessedRecord } from '../assessments/assessed-record.js';
import { Text } from '../values/text.js';
import { AttributionKind, StateResponsibility } from './attribution-kind.js';

@ObjectType({
  description: 'An assessment whom a subject acts for or is linked to: one hypothesis of perhaps several.',
})
export class Attribution extends AssessedRecord {
  @Field(() => ID, { description: 'The party whose doings are attributed.' })
  subjectId!: string;

  @Field(() => AttributionKind, { description: 'What is held of it.' })
  attributionKind!: AttributionKind;

  @Field(() => ID, { nullable: true, description: 'The party that it would act for or be linked to.' })
  toPartyId?: string;

  @Field(() => StateResponsibility, {
    nullable: true,
    description: 'How far that party, a state, would answer for it.',
  })
  stateResponsibility?: StateResponsibility;

  @Field(() => Text, { nullable: true, description: 'The hypothesis in words.' })
  description?: Text;

  @Field(() => [ID], {
    description: 'The attributions that it was recorded as competing with. Those recorded since name it themselves.',
  })
  competesWith!: string[];
}
