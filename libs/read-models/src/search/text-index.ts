import { VERSIONS_PER_EVENT } from '../versions.js';
import { type ProjectionGroup, type Row } from '../read-model.js';
import { isSearched, MOST_MODELS, textsOf } from './text-rank.js';
import { indexedWords } from './words.js';

/** Events whose versions are indexed in one transaction. */
export const BATCH_EVENTS = 1_000;

/** The words of one version of a row. */
export interface IndexedText {
  rank: number;
  words: string;
}

/** A stretch of versions, `v >= from and v < to`, of a read model's table. */
export interface Versions {
  table: string;
  from: number;
  to: number;
}

/** Where the versions of the events after `done` up to `until` stand: one stretch for each read model that is searched. */
export const stretchesOf = (
  { models }: ProjectionGroup,
  done: number,
  until: number,
): (Versions & { place: number })[] =>
  models.flatMap((model, place) =>
    isSearched(model)
      ? [{ table: model.name, place, from: (done + 1) * VERSIONS_PER_EVENT, to: (until + 1) * VERSIONS_PER_EVENT }]
      : [],
  );

/** What is indexed of a version; nothing where it has no text. */
export function indexedText(group: ProjectionGroup, place: number, v: number, data: string): IndexedText | null {
  const words = indexedWords(textsOf(group, group.models[place], JSON.parse(data) as Row));
  return words === '' ? null : { rank: v * MOST_MODELS + place, words };
}
