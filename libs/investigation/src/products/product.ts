import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RecordStatus } from '../correctable.js';
import { CaseRecord } from '../record.js';
import { FuzzyTimeValue } from '../values/fuzzy-time-scalar.js';
import { Provision } from '../values/provision.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';
import { Availability, ProductKind } from './product-kind.js';
import { ProductRelation } from './product-relation.js';

@ObjectType({ description: 'A product, model, dataset or publication that a case speaks of.' })
export class Product extends CaseRecord {
  @Field(() => RecordStatus, { description: 'Whether it stands.' })
  status!: RecordStatus;

  @Field(() => ProductKind, { description: 'What it is.' })
  productKind!: ProductKind;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its version, as its provider names it.' })
  version?: string;

  @Field(() => Text, { nullable: true, description: 'What it is and does, as the source says.' })
  description?: Text;

  @Field(() => [ID], { description: 'The parties who make, publish or offer it.' })
  providers!: string[];

  @Field(() => Availability, { description: 'How it can be had.' })
  availability!: Availability;

  @Field(() => Text, { nullable: true, description: 'On what terms it can be had, as the source says.' })
  licence?: Text;

  @Field(() => [Provision], { description: 'The provisions it is offered under.' })
  provisions!: Provision[];

  @Field(() => [ProductRelation], { description: 'What it has to do with other products of this case.' })
  relatedProducts!: ProductRelation[];

  @Field(() => String, { nullable: true, description: 'Where it can be found.' })
  url?: string;

  @Field(() => FuzzyTimeValue, { description: 'When it was released, published or unveiled.' })
  releasedAt!: FuzzyTimeValue;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}
