import { InputType, ObjectType } from '@nestjs/graphql';
import { Choice, Id, OptionalPart } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const ProductRelationKind = describedEnum(
  'ProductRelationKind',
  'What a product has to do with another. That one was made from the outputs of another is for assessments and claims to say.',
  {
    GIVES_ACCESS_TO: 'It gives access to the other.',
    PART_OF: 'It is part of the other.',
    BUILT_ON: 'It is built on the other, by its provider’s own word.',
    SUCCESSOR_OF: 'It succeeds the other.',
    DESCRIBES: 'It describes the other: a publication.',
    COMPETES_WITH: 'It competes with the other.',
    OTHER: 'Something else.',
  },
);
export type ProductRelationKind = keyof typeof ProductRelationKind;

const description = 'What a product has to do with another of the same case.';

/** What a product has to do with another. */
@InputType('ProductRelationInput', { description })
@ObjectType('ProductRelation', { description })
export class ProductRelation {
  @Id('The other product.')
  productId!: string;

  @Choice(ProductRelationKind, 'What it has to do with it.')
  relationKind!: ProductRelationKind;

  @OptionalPart(Text, 'The relation in the words of the source.')
  asStated?: Text | null;
}
