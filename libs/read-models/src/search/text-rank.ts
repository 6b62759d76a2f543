import { type ProjectionGroup, type ReadModel, type Row } from '../read-model.js';
import { WORDS_VERSION } from './words.js';

/** So many read models can be searched: a version's rank is its `v` times this, and the place of its read model. */
export const MOST_MODELS = 128;

/** Tells indexes of other read models, or of other words, from those that can be used. */
export const indexVersion = ({ version, models }: ProjectionGroup): string =>
  JSON.stringify([WORDS_VERSION, version, models.map(({ name, text }) => [name, text ?? null])]);

/** The texts of a row that are searched; none where the read model offers none. */
export function textsOf(group: ProjectionGroup, { text }: ReadModel, row: Row): string[] {
  if (!group.prose) return [];
  const offered = text ? Object.fromEntries(text.map((field) => [field, row[field]])) : row;
  return group.prose(offered);
}

/** Whether a read model offers any text; what follows from other records has none of its own. */
export const isSearched = ({ text, derived }: ReadModel): boolean =>
  !derived && (text === undefined || text.length > 0);
