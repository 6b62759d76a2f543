import { type CorrectableState } from '../correctable.js';

export interface ProductsState {
  products: Map<string, CorrectableState>;
}
