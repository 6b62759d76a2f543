/** What waiting for a sequence came to: it is seen; not yet; the projector stands still after an error. */
export type ReadModelsState = 'CURRENT' | 'BEHIND' | 'FAILED';
