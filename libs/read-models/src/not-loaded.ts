/** What was asked for must be loaded first; it has been noted. Load, and fold the event again: folding is pure. */
export class NotLoaded extends Error {}
