/** Which events of the log a feed holds; an event must match both where both are given, and an empty list matches none. */
export interface FeedFilter {
  types?: readonly string[];
  /** Only events of these subjects, by their ids. */
  subjects?: readonly string[];
}

export interface FeedOptions extends FeedFilter {
  /** A sequence; 0: from the first event. */
  after: number;
  first: number;
}
