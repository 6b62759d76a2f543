import { refuse } from '#event-sourcing/refusal.js';
import { foldText } from '../columns.js';
import { type CasePriority, type CaseSeverity } from './case-ratings.js';

export interface TriageState {
  severity: CaseSeverity | undefined;
  priority: CasePriority | undefined;
  /** As they are written, by their text without case and accents. */
  tags: Map<string, string>;
}

/** So many tags a case can have. */
export const MOST_TAGS = 100;

/** Before anybody rated the case. */
export const noTriage = (): TriageState => ({ severity: undefined, priority: undefined, tags: new Map() });

/** Those of the tags that the case has not; case and accents do not count. */
export const newTags = (known: Pick<ReadonlyMap<string, string>, 'has'>, tags: readonly string[]): string[] =>
  tags.filter((tag) => !known.has(foldText(tag)));

/** Refuses with LIMIT_EXCEEDED more tags than a case can have. */
export function requireTagsFit(known: number, added: number): void {
  if (known + added <= MOST_TAGS) return;
  refuse('LIMIT_EXCEEDED', `A case can have ${MOST_TAGS} tags, and this one has ${known}; take some away first.`, {
    limit: 'tags',
    allowed: MOST_TAGS,
  });
}
