import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { type Direction } from './read-options.js';
import { type Position } from './position.js';

/** Requests of the client package's own service definitions. */

const empty = () => new sharedPb.Empty();

/** Every stored event is at most this many messages away from a checkpoint: 32 times this, as the server counts. */
const CHECKPOINT_INTERVAL = 4;

const { Options } = streamsPb.ReadReq;

/** Some events of a stream. `from` undefined: from the first, or backwards from the last. */
export function readStreamRequest(name: string, from: bigint | undefined, direction: Direction, count: number) {
  const stream = new Options.StreamOptions().setStreamIdentifier(identifier(name));
  if (from !== undefined) stream.setRevision(String(from));
  else if (direction === 'forwards') stream.setStart(empty());
  else stream.setEnd(empty());
  const options = common().setStream(stream).setNoFilter(empty()).setCount(String(count));
  return request(options.setReadDirection(direction === 'forwards' ? 0 : 1));
}

/** Events of the streams with these prefixes; forwards the one at `from` included, backwards not. */
export function readAllRequest(
  prefixes: readonly string[],
  from: Position | undefined,
  direction: Direction,
  count: number,
) {
  const options = common().setAll(allFrom(from, direction)).setFilter(filter(prefixes)).setCount(String(count));
  return request(options.setReadDirection(direction === 'forwards' ? 0 : 1));
}

/** Whatever stands at this position, ours or not, and the ones after it. Undefined: at the log's beginning. */
export function readPlacesRequest(from: Position | undefined, count: number) {
  const options = common().setAll(allFrom(from, 'forwards')).setNoFilter(empty()).setCount(String(count));
  return request(options.setReadDirection(0));
}

/** Everything after `after` in the streams with these prefixes, and what comes. */
export function subscribeRequest(prefixes: readonly string[], after: Position | undefined) {
  const options = common().setAll(allFrom(after, 'forwards')).setFilter(filter(prefixes));
  return request(options.setSubscription(new Options.SubscriptionOptions()));
}

export const identifier = (name: string): sharedPb.StreamIdentifier =>
  new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name));

const request = (options: streamsPb.ReadReq.Options): streamsPb.ReadReq => new streamsPb.ReadReq().setOptions(options);

const common = (): streamsPb.ReadReq.Options =>
  new Options().setResolveLinks(false).setUuidOption(new Options.UUIDOption().setString(empty()));

function allFrom(from: Position | undefined, direction: Direction): streamsPb.ReadReq.Options.AllOptions {
  const all = new Options.AllOptions();
  if (!from) return direction === 'forwards' ? all.setStart(empty()) : all.setEnd(empty());
  const position = new Options.Position();
  return all.setPosition(position.setCommitPosition(String(from.commit)).setPreparePosition(String(from.prepare)));
}

function filter(prefixes: readonly string[]): streamsPb.ReadReq.Options.FilterOptions {
  const expression = new Options.FilterOptions.Expression().setPrefixList([...prefixes]);
  const options = new Options.FilterOptions().setStreamIdentifier(expression).setCount(empty());
  return options.setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
}
