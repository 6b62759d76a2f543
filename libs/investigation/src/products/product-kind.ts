import { describedEnum } from '../values/described-enum.js';

export const ProductKind = describedEnum('ProductKind', 'What a product is.', {
  MODEL: 'A model.',
  API: 'An interface for programs.',
  SERVICE: 'A service or application that people use.',
  SOFTWARE: 'Software that is run by whoever has it.',
  DATASET: 'A set of data.',
  PUBLICATION: 'A paper, article or other publication about a product.',
  OTHER: 'Something else.',
});
export type ProductKind = keyof typeof ProductKind;

export const Availability = describedEnum('Availability', 'How a product can be had, in the words of its source.', {
  OPEN_SOURCE: 'Called open source.',
  OPEN_WEIGHTS: 'Its weights are published; no more is said.',
  PROPRIETARY: 'Proprietary: used on the provider’s terms, perhaps for a licence that is paid for.',
  RESTRICTED: 'Only for those whom its provider admits.',
  INTERNAL: 'Not offered to others.',
  WITHDRAWN: 'No longer offered.',
  NOT_STATED: 'The source does not say.',
});
export type Availability = keyof typeof Availability;
