import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { ProductCorrected } from './correct-product.js';
import { ProductRecorded } from './record-product.js';

/** How the products, models and publications of a case follow from its events. */
export const productEvolution = [
  evolve(ProductRecorded, (state: CaseState, { productId, ...facts }, { revision }) => {
    addRecord(state, state.products, productId, { kind: 'product', revision, retracted: false, facts });
  }),
  evolve(ProductCorrected, (state: CaseState, { productId, reason, ...facts }, { revision }) => {
    Object.assign(state.products.get(productId)!, { revision, facts });
  }),
];
