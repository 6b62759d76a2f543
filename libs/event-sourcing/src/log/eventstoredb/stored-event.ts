import { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { canonicalJson } from '../../canonical.js';
import { contentHash } from '../../hash.js';
import { type NewEvent, type StoredEvent } from '../event-log.js';
import { formatPosition, type Position } from './position.js';

export type RecordedEvent = ReadResp.ReadEvent.RecordedEvent;

/** The event's own hash stands beside the metadata it is over, as one more member of the same map. */
const HASH = /,"hash":"([0-9a-f]{64})"/;

/** The metadata as it is sent: still a flat map of strings, still canonical. */
export function metadataWithHash({ metadata, hash }: NewEvent): string {
  return canonicalJson({ ...(JSON.parse(metadata) as Record<string, string>), hash });
}

export const positionOf = (event: { getCommitPosition(): string; getPreparePosition(): string }): Position => ({
  commit: BigInt(event.getCommitPosition()),
  prepare: BigInt(event.getPreparePosition()),
});

export const nameOf = (event: RecordedEvent): string => text(event.getStreamIdentifier()!.getStreamName_asU8());

export const typeOf = (event: RecordedEvent): string => event.getMetadataMap().get('type') ?? '';

/**
 * A recorded event as the log hands it out. The texts are the stored bytes; where a client or a replication has written
 * the same JSON in another form, they are made canonical again, so that texts and hashes are those that were recorded.
 */
export function storedEvent(event: RecordedEvent, stream: string, sequence: number | null): StoredEvent {
  const given = splitMetadata(text(event.getCustomMetadata_asU8()));
  const { metadata, payload, hash } = asHashed({ ...given, payload: text(event.getData_asU8()) });
  const envelope = members(metadata);
  return {
    stream,
    revision: Number(event.getStreamRevision()),
    sequence,
    position: formatPosition(positionOf(event)),
    id: event.getId()!.getString(),
    type: typeOf(event),
    schemaVersion: Number(envelope.schemaVersion ?? 1) || 1,
    payload,
    metadata,
    hash,
    commandId: textOf(envelope.commandId),
    commandHash: textOf(envelope.commandHash),
  };
}

/** The event's own hash, as it is stored beside its metadata. */
export const hashOf = (event: RecordedEvent): string => splitMetadata(text(event.getCustomMetadata_asU8())).hash;

interface Texts {
  metadata: string;
  payload: string;
  hash: string;
}

function splitMetadata(stored: string): { metadata: string; hash: string } {
  const found = HASH.exec(stored);
  if (found) return { metadata: stored.replace(found[0], ''), hash: found[1] };
  const { hash, ...rest } = members(stored);
  const isHash = typeof hash === 'string';
  const metadata = canonicalText(isHash || hash === undefined ? rest : { hash, ...rest }, stored);
  return { metadata, hash: isHash ? hash : '' };
}

function asHashed(given: Texts): Texts {
  if (contentHash(given.metadata, given.payload) === given.hash) return given;
  const [metadata, payload] = [given.metadata, given.payload].map((json) => canonicalText(parsed(json), json));
  const again = { ...given, metadata, payload };
  // What was altered is handed out as it stands: `verify` tells of it.
  return contentHash(again.metadata, again.payload) === again.hash ? again : given;
}

/** `otherwise` where it has no such form: half a character, or nested too deeply. */
function canonicalText(value: unknown, otherwise: string): string {
  try {
    return canonicalJson(value);
  } catch {
    return otherwise;
  }
}

/** Undefined where it is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Others may have written any JSON, `null` too. */
const members = (json: string): Partial<Record<string, unknown>> =>
  Object(parsed(json) ?? {}) as Record<string, unknown>;

const textOf = (member: unknown): string | null => (typeof member === 'string' ? member : null);

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
