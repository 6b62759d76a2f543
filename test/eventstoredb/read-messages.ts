import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { type StoredRecord } from './records.js';

const { ReadResp } = streamsPb;

/** By stream prefix or type prefix, or a regular expression over one of them: never both. */
export function filterOf(
  filter: streamsPb.ReadReq.Options.FilterOptions | undefined,
): (record: StoredRecord) => boolean {
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType()!;
  const subject = (record: StoredRecord) => (filter.hasStreamIdentifier() ? record.stream : record.type);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => subject(record).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (record) => pattern.test(subject(record));
}

export const positionOf = (position: streamsPb.ReadReq.Options.Position): bigint =>
  BigInt(position.getCommitPosition());

/** A record as it goes over the wire, made once. */
export function eventOf(record: StoredRecord): Buffer {
  return (record.encoded ??= Buffer.from(responseOf(record).serializeBinary()));
}

/** How the double writes answers to reads: records come encoded already. */
export const serializeRead = (response: streamsPb.ReadResp | Buffer): Buffer =>
  Buffer.isBuffer(response) ? response : Buffer.from(response.serializeBinary());

function responseOf(record: StoredRecord): streamsPb.ReadResp {
  const event = new ReadResp.ReadEvent.RecordedEvent();
  event.setId(new sharedPb.UUID().setString(record.id));
  event.setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(Buffer.from(record.stream)));
  event.setStreamRevision(String(record.revision));
  event.setCommitPosition(String(record.position)).setPreparePosition(String(record.position));
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(record.created));
  event.setData(record.data).setCustomMetadata(record.metadata);
  const read = new ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(record.position));
  return new ReadResp().setEvent(read);
}

export const isForwards = (options: streamsPb.ReadReq.Options): boolean =>
  options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.FORWARDS;
