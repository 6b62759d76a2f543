import { type ReadModelsStatus } from '../read-models.js';

/** For so long after it could not write any more a server is unsure whether it is to, in milliseconds. */
const UNSURE_MS = 2_000;

/** Whether a server that writes cannot since a moment ago: it may have been passed by, and does not know it yet. */
export const isUnsure = ({ failure, behindSince }: ReadModelsStatus): boolean =>
  failure?.sequence === null && Date.now() - Date.parse(behindSince ?? '') < UNSURE_MS;
