import { Field, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';

@ObjectType({ description: 'What a case is called in another system.' })
export class ExternalReference extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands: a retracted one can be given to another case.' })
  status!: RecordStatus;

  @Field(() => String, { description: 'The other system.' })
  system!: string;

  @Field(() => String, { description: 'The id there.' })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Where it is found.' })
  url?: string;
}
