import { describedEnum } from './described-enum.js';

/** How far a judgement is to be relied on (ICD 203): a field of its own beside its likelihood, never in one with it. */
export const Confidence = describedEnum('Confidence', 'How good the basis of a judgement is, whatever it says.', {
  LOW: 'Scanty, questionable or fragmented information, or sources of which little is known.',
  MODERATE: 'Credibly sourced and plausible, but not corroborated enough for more.',
  HIGH: 'Information of high quality from several sources; still no certainty.',
});
export type Confidence = keyof typeof Confidence;
