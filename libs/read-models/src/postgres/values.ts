import { type Form, parametersOf, type Query } from '../read-store.js';
import { storable } from '../storable.js';

/** Numbers as the text of an array; NaN is null. */
export const arrayOfNumbers = (numbers: readonly number[]): string =>
  `{${numbers.map((number) => (Number.isNaN(number) ? 'NULL' : number)).join(',')}}`;

/** Storable texts as the text of an array. */
export const arrayOf = (texts: readonly (string | null)[]): string =>
  `{${texts.map((text) => (text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

/** Any texts as the text of an array. */
export const arrayOfTexts = (texts: readonly (string | null)[]): string =>
  arrayOf(texts.map((text) => (text === null ? null : storable(text))));

/** A query's parameters as the driver takes them. */
export function valuesOf(query: Query): unknown[] {
  const { forms } = query.statement;
  return parametersOf(query).map((value, n) => valueOf(value, forms[n]));
}

function valueOf(value: unknown, form: Form): unknown {
  if (form === 'plain') return typeof value === 'string' ? storable(value) : value;
  const given: unknown = JSON.parse(value as string);
  switch (form) {
    case 'texts':
      return arrayOfTexts(given as string[]);
    case 'numbers':
      return arrayOfNumbers(given as number[]);
    case 'keys':
      return arrayOfTexts(Object.keys(given as object));
    case 'values':
      return arrayOfNumbers(Object.values(given as Record<string, number>));
  }
}
