import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AssessedRecord } from '../assessments/assessed-record.js';

@ObjectType({ description: 'An assessment whether parties are one and the same.' })
export class Identity extends AssessedRecord {
  @Field(() => [ID], { description: 'The parties that would be one and the same.' })
  samePartyIds!: string[];
}
