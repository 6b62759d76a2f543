import { type CorrectableState } from '../correctable.js';

export interface LinkState extends CorrectableState {
  /** What it says of which two records, as one text. */
  statement: string;
  /** Which. */
  between: readonly [string, string];
}

export interface LinksState {
  links: Map<string, LinkState>;
}
