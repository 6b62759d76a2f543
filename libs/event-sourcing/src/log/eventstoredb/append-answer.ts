import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { positionOf } from './stored-event.js';
import { formatPosition } from './position.js';

/** What the server says of an append. */
export type AppendAnswer =
  | { kind: 'stored'; lastRevision: number; position: string | null }
  /** -1: there is no stream. */
  | { kind: 'conflict'; actual: number }
  | { kind: 'too large'; allowed: number }
  | { kind: 'deleted' }
  /** The server gave up waiting, or dropped it because the same append was still being written. */
  | { kind: 'timed out' }
  /** Not ready, busy, or no leader known: nothing was done, and another try may be answered. */
  | { kind: 'not now'; reason: string }
  /** Who we are may not write there: nothing was done. */
  | { kind: 'denied' }
  | { kind: 'refused'; reason: string };

const PACKAGE = 'event_store.client';
/** What a server packs into an answer for a request that it has not handled. */
const NOT_HANDLED = 'google.protobuf.Empty';

/** What a response of `BatchAppend` comes to. An error is told by the type of its details; one that is not known is a refusal. */
export function appendAnswer(response: BatchAppendResp): AppendAnswer {
  const success = response.getSuccess();
  if (success) {
    const position = success.getPosition();
    return {
      kind: 'stored',
      lastRevision: Number(success.getCurrentRevision()),
      position: position ? formatPosition(positionOf(position)) : null,
    };
  }
  const error = response.getError();
  const details = error?.getDetails();
  switch (details?.getTypeName()) {
    case `${PACKAGE}.WrongExpectedVersion`: {
      const wrong = details.unpack(
        (bytes) => sharedPb.WrongExpectedVersion.deserializeBinary(bytes),
        `${PACKAGE}.WrongExpectedVersion`,
      )!;
      return {
        kind: 'conflict',
        actual: wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1,
      };
    }
    case `${PACKAGE}.MaximumAppendSizeExceeded`: {
      const name = `${PACKAGE}.MaximumAppendSizeExceeded`;
      const exceeded = details.unpack((bytes) => sharedPb.MaximumAppendSizeExceeded.deserializeBinary(bytes), name)!;
      return { kind: 'too large', allowed: exceeded.getMaxappendsize() };
    }
    case `${PACKAGE}.StreamDeleted`:
      return { kind: 'deleted' };
    case `${PACKAGE}.Timeout`:
      return { kind: 'timed out' };
    case `${PACKAGE}.AccessDenied`:
      return { kind: 'denied' };
    case NOT_HANDLED:
      return { kind: 'not now', reason: error!.getMessage() || 'not ready' };
    default:
      return { kind: 'refused', reason: error?.getMessage() || details?.getTypeName() || 'for no reason given' };
  }
}
