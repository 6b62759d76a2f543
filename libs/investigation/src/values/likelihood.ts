import { describedEnum } from './described-enum.js';

/** How likely something is, in the words of ICD 203 (Intelligence Community Directive 203, 2015). Never in one field with a confidence. */
export const Likelihood = describedEnum('Likelihood', 'How likely something is: the seven degrees of ICD 203.', {
  ALMOST_NO_CHANCE: 'Almost no chance, remote: 1 to 5 %.',
  VERY_UNLIKELY: 'Very unlikely, highly improbable: 5 to 20 %.',
  UNLIKELY: 'Unlikely, improbable: 20 to 45 %.',
  ROUGHLY_EVEN_CHANCE: 'Roughly even chance, roughly even odds: 45 to 55 %.',
  LIKELY: 'Likely, probable: 55 to 80 %.',
  VERY_LIKELY: 'Very likely, highly probable: 80 to 95 %.',
  ALMOST_CERTAIN: 'Almost certain, nearly certain: 95 to 99 %.',
});
export type Likelihood = keyof typeof Likelihood;
