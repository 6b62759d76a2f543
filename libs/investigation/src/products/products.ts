import { type Capability } from '../capability.js';
import { correctProduct } from './correct-product.js';
import { recordProduct } from './record-product.js';
import { productEvolution } from './product-evolution.js';
import { productModel } from './product-read-model.js';
import { Product } from './product.js';

export const products: Capability = {
  slices: [recordProduct, correctProduct],
  evolution: productEvolution,
  readModel: productModel,
  records: { type: Product, description: 'Products, models and publications, last changed first.' },
};
