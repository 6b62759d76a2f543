import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ProductCorrected } from './correct-product.js';
import { type ProductFacts } from './product-fields.js';
import { ProductRecorded } from './record-product.js';

/** All fields of a product: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({
  version,
  description,
  licence,
  url,
  releasedAt,
  ...facts
}: Omit<ProductFacts, 'productId'>): Row => ({
  ...facts,
  version: version ?? null,
  description: description ?? null,
  licence: licence ?? null,
  url: url ?? null,
  releasedAt: parseFuzzyTime(releasedAt),
});

/** The products, models and publications of a case. */
export const productModel = readModel({
  name: 'products',
  level: 'record',
  handlers: [
    on(ProductRecorded, ({ productId, ...facts }) => [create(productId, { ...fields(facts), status: 'RECORDED' })]),
    on(ProductCorrected, ({ productId, reason, ...facts }) => [
      change(productId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    onRetracted('product'),
  ],
});
