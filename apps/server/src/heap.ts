import { setFlagsFromString } from 'node:v8';

/** For V8: the heap grows by half. */
export const HEAP_FLAG = '--heap-growing-percent=50';

/**
 * Lets the heap grow by half of what is alive before it is collected. Left to itself, V8 lets it grow fourfold on a machine
 * with much memory: 620 MB for 1,000,000 events instead of 390, which is all the same forgotten in the end.
 * To be called before much is loaded; holds for the worker threads too.
 */
export function boundHeap(): void {
  setFlagsFromString(HEAP_FLAG);
}
