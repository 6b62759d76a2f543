import { canonicalJson } from './canonical.js';
import { contentHash } from './hash.js';
import { type NewEvent, type Revision, type StoredEvent } from './log/event-log.js';

export type ActorKind = 'PERSON' | 'SERVICE' | 'SYSTEM';

/** How an actor was recognised: by a key of this installation, by an OIDC provider's token, or as the software itself. */
export type Authentication = 'KEY' | 'OIDC' | 'SYSTEM';

/** Who recorded an event (who *speaks* in it is a party in the payload). */
export interface Actor {
  /** The principal's id: two credentials of one principal are one actor. */
  id: string;
  name: string;
  kind: ActorKind;
  authentication: Authentication;
  /** The OIDC provider that vouches for the actor; null for whom this installation itself knows. */
  issuer: string | null;
  /** Who the actor is at the issuer; for whom this installation knows, the principal's id. */
  subject: string;
  /** The key or token the actor was recognised by; null for the system itself. */
  credential: string | null;
  /** The principal that the actor stands in for; null for nobody but itself. */
  onBehalfOf: string | null;
}

/** The software itself. */
export const SYSTEM: Actor = {
  id: 'system',
  name: 'Caseledger',
  kind: 'SYSTEM',
  authentication: 'SYSTEM',
  issuer: null,
  subject: 'system',
  credential: null,
  onBehalfOf: null,
};

/**
 * The principals of an actor: itself, and on whose behalf it acts. Rules about persons (four eyes) hold for each: whoever has a key
 * of its own and one in somebody's place is one person by both.
 */
export const principalsOf = ({ id, onBehalfOf }: Pick<Actor, 'id' | 'onBehalfOf'>): string[] =>
  onBehalfOf ? [id, onBehalfOf] : [id];

/** Everything about an event that its client cannot set. */
export interface Envelope {
  id: string;
  type: string;
  schemaVersion: number;
  stream: string;
  revision: Revision;
  /** RFC 3339, UTC, milliseconds: the appending process's clock. */
  recordedAt: string;
  actor: Actor;
  commandId: string | null;
  commandHash: string | null;
  correlationId: string;
  causationId: string;
  /** The W3C Trace Context that it was recorded in, as `traceparent` headers have it. */
  traceparent?: string | null;
  /** The content hash of the event before it in its stream; null for the first. */
  previousHash: string | null;
}

/** An envelope with what only the stored event has. */
export interface RecordedEnvelope extends Envelope {
  traceparent: string | null;
  /** Ordinal in log order, from 1. */
  sequence: number;
  hash: string;
}

/** The envelope as a flat map of strings, canonical, and the event's hash over it and the payload. */
export function sealEvent(envelope: Envelope, payload: object): NewEvent {
  const { id, type, schemaVersion, commandId, commandHash, actor } = envelope;
  const metadata = canonicalJson({
    $causationId: envelope.causationId,
    $correlationId: envelope.correlationId,
    actorAuthentication: actor.authentication,
    actorCredential: actor.credential ?? undefined,
    actorId: actor.id,
    actorIssuer: actor.issuer ?? undefined,
    actorKind: actor.kind,
    actorName: actor.name,
    actorOnBehalfOf: actor.onBehalfOf ?? undefined,
    actorSubject: actor.subject === actor.id ? undefined : actor.subject,
    commandHash: commandHash ?? undefined,
    commandId: commandId ?? undefined,
    id,
    previousHash: envelope.previousHash ?? undefined,
    recordedAt: envelope.recordedAt,
    revision: String(envelope.revision),
    schemaVersion: String(schemaVersion),
    stream: envelope.stream,
    traceparent: envelope.traceparent ?? undefined,
    type,
  });
  const text = canonicalJson(payload);
  return {
    id,
    type,
    schemaVersion,
    payload: text,
    metadata,
    hash: contentHash(metadata, text),
    commandId,
    commandHash,
    previousHash: envelope.previousHash ?? undefined,
  };
}

/** Reads the envelope back out of a stored event's metadata. `sequence` is that of the event, or the one given. */
export function openEnvelope(stored: StoredEvent, sequence = stored.sequence): RecordedEnvelope {
  if (sequence === null) throw new Error(`The sequence of event ${stored.id} is not known here.`);
  const m = JSON.parse(stored.metadata) as Record<string, string>;
  return {
    id: stored.id,
    type: stored.type,
    schemaVersion: stored.schemaVersion,
    stream: stored.stream,
    revision: stored.revision,
    sequence,
    recordedAt: m.recordedAt,
    actor: actorIn(m),
    commandId: stored.commandId,
    commandHash: stored.commandHash,
    correlationId: m.$correlationId,
    causationId: m.$causationId,
    traceparent: m.traceparent ?? null,
    previousHash: m.previousHash ?? null,
    hash: stored.hash,
  };
}

/** Events recorded before there were other ways to sign in do not say how: it was by a key. */
function actorIn(m: Record<string, string>): Actor {
  const kind = m.actorKind as ActorKind;
  return {
    id: m.actorId,
    name: m.actorName,
    kind,
    authentication: (m.actorAuthentication as Authentication | undefined) ?? (kind === 'SYSTEM' ? 'SYSTEM' : 'KEY'),
    issuer: m.actorIssuer ?? null,
    subject: m.actorSubject ?? m.actorId,
    credential: m.actorCredential ?? null,
    onBehalfOf: m.actorOnBehalfOf ?? null,
  };
}
