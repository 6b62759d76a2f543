import { type PinnedReads } from './pinned-reads.js';
import { type Compilation } from './queries/builder.js';
import { lastVersionOf } from './queries/record-queries.js';
import { type ReadModel } from './read-model.js';
import { type ReadPoint } from './read-points.js';

/** See `ReadSession.holdsAny`. `emptyUpTo` keeps up to where each read model was found empty, by its name. */
export function holdsAny(
  reads: PinnedReads,
  emptyUpTo: Map<string, number>,
  model: ReadModel,
  at: ReadPoint,
): boolean | Promise<boolean> {
  if (at.sequence <= (emptyUpTo.get(model.name) ?? -1)) return false;
  const compile = (compilation: Compilation) => lastVersionOf(compilation, model);
  return reads.rows({ at, shape: `any ${model.name}`, compile }).then(([last]) => {
    if (!last) emptyUpTo.set(model.name, Math.max(at.sequence, emptyUpTo.get(model.name) ?? 0));
    return last !== undefined;
  });
}
