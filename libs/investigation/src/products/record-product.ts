import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { ProductCommand, ProductFacts, productFacts } from './product-fields.js';

@CommandInput('Records a product, model, dataset or publication that the case speaks of.')
export class RecordProduct extends ProductCommand {
  @OptionalId('The id of the new product, if you choose it: a UUID in lower case.')
  productId?: string | null;
}

@ObjectType({ description: 'A product, model, dataset or publication was recorded.' })
@StoredEvent<ProductRecorded>('ProductRecorded', {
  version: 1,
  stix: 'software',
  summary: ({ name, productKind }) => `Product recorded: ${name} (${productKind})`,
})
export class ProductRecorded extends ProductFacts {}

export const recordProduct = slice<CaseState, RecordProduct>(RecordProduct, (command, state, context) => {
  requireOpen(state);
  const facts = productFacts(command, state);
  return [event(ProductRecorded, { productId: newRecordId(state, command.productId, context), ...facts })];
});
