/** Requests to send: every caller sends the next when the one before is answered. */
export interface Load {
  /** Where the server listens: http://127.0.0.1:4000 */
  url: string;
  key: string;
  callers: number;
  seconds: number;
  /** End earlier, after so many requests. */
  requests?: number;
  /** The body of a request; `%ID%` becomes an id of its own in each, `%CASE%` the caller's case. */
  body: string;
  /** Handed out to the callers in turn. */
  cases?: readonly string[];
  /** What every answer must hold, beside being one without errors. */
  expected?: string;
}

export interface LoadResult {
  /** Requests that were answered as expected, per second. */
  rate: number;
  count: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
  /** Requests that were answered otherwise, and the first of those answers. */
  failed: number;
  failure: string | null;
}

export type FromGenerator = { result: LoadResult } | { broken: string };

/** The body of a GraphQL request. */
export const graphqlBody = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });
