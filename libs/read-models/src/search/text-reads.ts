import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { type PinnedReads } from '../pinned-reads.js';
import { type Access } from '../queries/access-sql.js';
import { boundOf } from '../versions.js';
import { searchTexts } from '../queries/search-queries.js';
import { type ProjectionGroup, type ReadModel, type Row } from '../read-model.js';
import { type ReadObserver } from '../read-observer.js';
import { type ReadPoint } from '../read-points.js';
import { withhold } from '../withhold.js';
import { asFts, asParts, asPhrases, asTsQuery, holdsOne, type Term } from './text-query.js';
import { MOST_MODELS, textsOf } from './text-rank.js';

export interface SearchOptions {
  /** Read models by name; omitted: all. */
  models?: readonly string[];
  first: number;
  /** The `rank` of the last hit of the page before. */
  after?: number;
}

/** A row that was found: a subject's own, or a record's. */
export interface TextHit {
  /** Orders hits, the newest first: the cursor of a page that ends here. */
  rank: number;
  model: ReadModel;
  subjectId: string;
  subjectKey: number;
  row: Row;
  /** The texts of the row that one of the terms is in; all of them where a term stands in none by itself. */
  texts: string[];
}

export interface SearchPage {
  hits: TextHit[];
  hasNext: boolean;
}

type Cells = [
  rank: number,
  version: [
    v: number,
    key: number,
    subjectKey: number,
    stream: string,
    row: Row,
    hidden: string[] | null,
    walled: string[] | null,
  ],
];

/** Searches the texts of all rows, last changed first. */
export class TextReads {
  constructor(
    private readonly reads: PinnedReads,
    private readonly access: Access,
    private readonly group: ProjectionGroup,
    private readonly observer?: ReadObserver,
  ) {}

  /** Refuses with LIMIT_EXCEEDED what takes too long, and with UNAVAILABLE while the index is being made. */
  async search(
    terms: readonly Term[],
    { models, first, after = Infinity }: SearchOptions,
    at: ReadPoint,
  ): Promise<SearchPage> {
    const places = this.group.models.flatMap(({ name }, place) => (!models || models.includes(name) ? [place] : []));
    const cells = (await this.reads.rows({
      at,
      shape: 'search',
      compile: (compilation, now) => searchTexts(compilation, this.access, now),
      named: {
        places: JSON.stringify(places),
        fts: asFts(terms),
        tsQuery: asTsQuery(terms),
        phrases: JSON.stringify(asPhrases(terms)),
        parts: JSON.stringify(asParts(terms)),
        ranksBelow: Math.min(after, boundOf(at.sequence) * MOST_MODELS),
        limit: first + 1,
      },
      effort: 'search',
    })) as Cells[];
    const found = cells.sort(([a], [b]) => b - a).slice(0, first);
    this.reads.budget.serve(found.length);
    return { hits: found.map((one) => this.hitOf(one, terms)), hasNext: cells.length > first };
  }

  private hitOf([rank, [, , subjectKey, stream, data, hidden, walled]]: Cells, terms: readonly Term[]): TextHit {
    const model = this.group.models[rank % MOST_MODELS];
    const id = data.id as string;
    if (walled)
      this.observer?.records(
        1,
        subjectIdOf(stream),
        walled.slice(1).filter((one) => one === id),
      );
    else this.observer?.records(1, undefined, []);
    const all = textsOf(this.group, model, data);
    const holding = all.filter((text) => holdsOne(text, terms));
    const texts = holding.length > 0 ? holding : all;
    return { rank, model, subjectId: subjectIdOf(stream), subjectKey, row: withhold(data, hidden), texts };
  }
}
