import { LogCannotOpen, LogUnavailable } from '#event-sourcing/log/errors.js';
import { ReadStoreCannotOpen } from '../read-models.js';

/**
 * A build that was broken off by what passes, as a full disk or a database that was away, or a store that could not be followed
 * for it: begun again it can succeed.
 */
export class BrokenOff extends ReadStoreCannotOpen {}

/** The log cannot be read at the moment: whoever builds from it was started on one that could be. */
export const isLogAway = (error: unknown): error is Error =>
  error instanceof LogUnavailable || error instanceof LogCannotOpen;
