import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUrl, MaxLength } from 'class-validator';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known, requireParties } from '../known-records.js';
import { Choice, Ids, Line, OptionalLine, OptionalWords, Parts, SaidBy, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Provision } from '../values/provision.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { Availability, ProductKind } from './product-kind.js';
import { ProductRelation } from './product-relation.js';

/** A product, model or publication, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class ProductCommand extends CaseCommand {
  @Choice(ProductKind, 'What it is.')
  productKind!: ProductKind;

  @Line('What it is called.')
  name!: string;

  @OptionalLine('Its version, as its provider names it.')
  version?: string | null;

  @OptionalWords('What it is and does, as the source says.')
  description?: TextInput | null;

  @Ids('The parties who make, publish or offer it.')
  providers: string[] = [];

  @Choice(Availability, 'How it can be had.', 'NOT_STATED')
  availability: Availability = 'NOT_STATED';

  @OptionalWords('On what terms it can be had, as the source says.')
  licence?: TextInput | null;

  @Parts(Provision, 100, 'The provisions it is offered under.')
  provisions: Provision[] = [];

  @Parts(ProductRelation, 50, 'What it has to do with other products of this case.')
  relatedProducts: ProductRelation[] = [];

  @Field(() => String, {
    nullable: true,
    description: 'Where it can be found: an http or https address, at most 2,000 characters.',
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true })
  @MaxLength(2000)
  url?: string | null;

  @When('When it was released, published or unveiled.')
  releasedAt: string = 'NOT_STATED';

  @SaidBy()
  source!: SourceInput;
}

/** A product, model or publication, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class ProductFacts {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Field(() => ProductKind, { description: 'What it is.' })
  productKind!: ProductKind;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string;

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

  @Field(() => FuzzyTime, { description: 'When it was released, published or unveiled.' })
  releasedAt!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** The facts of a command, everything it names checked. */
export function productFacts(command: ProductCommand, state: Frozen<CaseState>): Omit<ProductFacts, 'productId'> {
  const { productKind, name, version, description, providers, availability } = command;
  const { licence, provisions, relatedProducts, url, releasedAt, source } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), ...providers]);
  for (const { productId } of relatedProducts) known(state.products, productId, 'product');
  const facts = {
    ...{ productKind, name, version, description, providers, availability },
    ...{ licence, provisions, relatedProducts, url, releasedAt, source },
  };
  return facts as Omit<ProductFacts, 'productId'>;
}
