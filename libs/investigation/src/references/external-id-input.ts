import { Field, InputType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { type ExternalId } from './external-id.js';

@InputType({ description: 'What a case is called in another system.' })
export class ExternalIdInput implements ExternalId {
  @Field(() => String, { description: 'The other system; case and accents do not count.' })
  @Length(1, 100)
  system!: string;

  @Field(() => String, { description: 'The id there, exactly as it is written.' })
  @Length(1, 300)
  externalId!: string;
}
