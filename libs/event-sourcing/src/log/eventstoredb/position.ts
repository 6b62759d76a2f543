/** A place in the server's transaction log: byte offsets, with gaps, up to 2^64. */
export interface Position {
  commit: bigint;
  prepare: bigint;
}

/** Servers tell 2^64-1 for "nowhere yet", and take it for the end when it is handed back: from 2^63 on it is no position. */
const NO_POSITION = 1n << 63n;

export const isPosition = ({ commit }: Position): boolean => commit < NO_POSITION;

/** Below 0 where the first stands before the other in the transaction log, above 0 where it stands behind it. */
export const compare = (a: Position, b: Position): number =>
  a.commit !== b.commit ? (a.commit < b.commit ? -1 : 1) : a.prepare < b.prepare ? -1 : a.prepare > b.prepare ? 1 : 0;

/** As checkpoints carry it: `commit/prepare`. */
export const formatPosition = ({ commit, prepare }: Position): string => `${commit}/${prepare}`;

/** Throws a RangeError on what is none of ours. */
export function parsePosition(text: string): Position {
  const parts = /^(\d+)\/(\d+)$/.exec(text);
  if (!parts)
    throw new RangeError(`"${text}" is no position in an EventStoreDB log; those are written commit/prepare.`);
  return { commit: BigInt(parts[1]), prepare: BigInt(parts[2]) };
}
