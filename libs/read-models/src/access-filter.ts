/** The name of a grant that is nobody's in particular: what is open to all who read by right. */
export const ANYBODY = '*';

/** What one principal may see. Every query passes it, now and as of: it is never versioned. */
export interface AccessFilter {
  /**
   * Subjects that a grant opens *now*: one to anybody, if this principal reads by right, or one to a name of its. With
   * `fromGrant` it opens them from the event on that gave it: what was recorded before does not exist, nor does the subject
   * as of a moment before, unless the grant is with its history. Null: all.
   */
  subjects: { anybody: boolean; holders: readonly string[]; fromGrant: boolean } | null;
  /**
   * Which walls around records of subjects that may be seen this principal passes: those of the kinds `byName` that name one
   * of its names, and those of the kinds `asMember` where one of its names holds a grant on the subject. Null: all.
   */
  walls: { names: readonly string[]; byName: readonly string[]; asMember: readonly string[] } | null;
  /**
   * Which marks let this principal receive what they stand on: those of the levels `open`; those of the levels `asRecipient`
   * that name one of its `names`; and of its `organisations`, those of the levels `asOriginator` whose word they are, and those
   * of the levels `asCommunity` where one holds a grant on the subject. Null: marks hold nothing back from it.
   */
  marks: {
    names: readonly string[];
    organisations: readonly string[];
    open: readonly string[];
    asRecipient: readonly string[];
    asOriginator: readonly string[];
    asCommunity: readonly string[];
  } | null;
  /**
   * Of which grants this principal is told in its feed that they began or ended: those to anybody from a sequence on (null:
   * none), those to a name from a sequence on. Null: nothing is told.
   */
  told: { anybody: number | null; holders: readonly { name: string; since: number }[] } | null;
  /** Streams whose names begin so do not exist for this principal, nor do their events. */
  hiddenStreamPrefixes: readonly string[];
}

/** Sees everything: for what serves no principal. */
export const EVERYTHING: AccessFilter = {
  ...{ subjects: null, walls: null, marks: null, told: null },
  hiddenStreamPrefixes: [],
};
