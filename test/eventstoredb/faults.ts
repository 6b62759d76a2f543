/** How the double misbehaves, as servers were seen to; change it while it runs. */
export interface Faults {
  /** Streams one connection may have open at once. */
  streams: number;
  /** An append that comes again while its original is being written is dropped and times out after this long, in ms; 0: it waits instead. */
  repeatTimeoutMs: number;
  /** The most bytes of data in one append. */
  appendBytes: number;
  /** A filtered subscription from the start of a log in which nothing matches is told 2^64-1 as its checkpoint, and nothing after it. */
  endCheckpoint: boolean;
  /** `caughtUp` is told (23.10 and later), and repeated after bursts. */
  caughtUp: boolean;
  /** A subscription that is this many events behind while its consumer does not read is dropped (before 24.2). */
  slowConsumer: number;
  /** A commit that begins waits for it. */
  commitAfter: Promise<void> | undefined;
  /** Each answer to an append comes this much later, in ms. */
  answerMs: number;
  /** Each append is answered a second time, right after the first. */
  answerTwice: boolean;
  /** So many of the next appends are stored and not answered. */
  loseAnswers: number;
  /** So many of the next appends are neither stored nor answered. */
  loseAppends: number;
  /** Appends are refused: another node leads. */
  leader: { host: string; port: number } | undefined;
  /** So many of the next appends are refused because another node leads. */
  notLeader: number;
  /** So many of the next calls are refused as before readiness. */
  notReady: number;
  /** So many of the next appends are answered, over the call they share with others, as not handled. */
  notHandled: number;
  /** So many of the next reads fail with an unknown error, as reads of a place that is none do. */
  unknownReads: number;
  /** Every position is none to reads. */
  unknownPlaces: boolean;
  /** Reads of all streams find so many records less than there are, as on a node that lags. */
  lag: number;
  /** Subscriptions behind this position, or any, are refused, as if that were none. */
  refusedPlace: string | undefined;
  /** Appends are answered, over the call they share with others, as forbidden. */
  denied: boolean;
  /** Reads and subscriptions are forbidden. */
  deniedReads: boolean;
  /** Its clock is ahead of ours by so much, in ms. */
  clockAheadMs: number;
  /** Subscriptions are confirmed, and nothing else comes. */
  muteSubscriptions: boolean;
  /** A record of the system's own after each of ours. */
  systemEvents: boolean;
}

export const WELL_BEHAVED: Readonly<Faults> = {
  streams: 100,
  repeatTimeoutMs: 2_000,
  appendBytes: 1_048_576,
  endCheckpoint: true,
  caughtUp: true,
  slowConsumer: Infinity,
  commitAfter: undefined,
  answerMs: 0,
  answerTwice: false,
  loseAnswers: 0,
  loseAppends: 0,
  leader: undefined,
  notLeader: 0,
  notReady: 0,
  notHandled: 0,
  unknownReads: 0,
  unknownPlaces: false,
  lag: 0,
  refusedPlace: undefined,
  denied: false,
  deniedReads: false,
  clockAheadMs: 0,
  muteSubscriptions: false,
  systemEvents: true,
};
