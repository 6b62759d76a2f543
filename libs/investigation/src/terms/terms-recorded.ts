import { Field, ID, ObjectType } from '@nestjs/graphql';
import { StoredEvent } from '#event-sourcing/event.js';
import { Text } from '../values/text.js';
import { TermsKind } from './terms-enums.js';

@ObjectType({ description: 'A document of terms was recorded.' })
@StoredEvent<TermsRecorded>('TermsRecorded', {
  version: 1,
  stix: 'none: terms are no object of STIX',
  summary: ({ title, issuer }) => `Terms recorded: ${title} of ${issuer}`,
})
export class TermsRecorded {
  @Field(() => ID, { description: 'The terms.' })
  termsId!: string;

  @Field(() => String, { nullable: true, description: 'The title.' })
  title?: string;

  @Field(() => TermsKind, { description: 'What sort of terms the document holds.' })
  termsKind!: TermsKind;

  @Field(() => String, { description: 'Whose terms they are, by name.' })
  issuer!: string;

  @Field(() => [String], { description: 'The products that they apply to, by name.' })
  products!: string[];

  @Field(() => Text, { nullable: true, description: 'What they are about.' })
  description?: Text;

  @Field(() => String, { nullable: true, description: 'Where they can be read.' })
  url?: string;
}
