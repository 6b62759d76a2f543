import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { ProductCommand, ProductFacts, productFacts } from './product-fields.js';

@CommandInput('Replaces what is recorded of a product, whole; the earlier text stays in history.')
export class CorrectProduct extends ProductCommand {
  @Id('The product.')
  productId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a product was replaced, whole.' })
@StoredEvent<ProductCorrected>('ProductCorrected', {
  version: 1,
  stix: 'software',
  summary: ({ reason }) => `Product corrected: ${excerpt(reason)}`,
})
export class ProductCorrected extends ProductFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctProduct = slice<CaseState, CorrectProduct>(CorrectProduct, (command, state) => {
  requireOpen(state);
  const { productId, reason } = command;
  const product = standing(state.products, productId, 'product');
  const facts = productFacts(command, state);
  if (facts.relatedProducts.some((related) => related.productId === productId))
    refuse('RELATED_TO_ITSELF', 'A product cannot be related to itself.');
  requireChanged(product, facts);
  return [event(ProductCorrected, { productId, ...facts, reason })];
});
