import { type Type } from '@nestjs/common';
import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type Class, type StoredEventInfo, storedEventOf } from '#event-sourcing/event.js';
import { withhold } from '#read-models/withhold.js';
import { Authentication, RecordedBy } from './recorded-by.js';
import { Instant, Sequence } from './scalars.js';

/** An event with its envelope, as reads give it: the payload is in its newest version. */
export interface ServedEvent {
  envelope: RecordedEnvelope;
  payload: Record<string, unknown>;
  /** As it stands in the log. */
  stored: { payload: string };
  /** Records whose ids are withheld from the payload. */
  hidden?: readonly string[] | null;
}

/** The type of `RecordedEvent.data`: the event classes, and how to tell which one a value is. */
const eventData = {
  classes: [] as readonly Class[],
  byType: new Map<string, { name: string; info: StoredEventInfo }>(),
};

/** Names the classes of all events; once, before the schema is built. */
export function serveEvents(classes: readonly Class[]): void {
  eventData.classes = classes;
  eventData.byType = new Map(
    classes.map((eventClass) => [
      storedEventOf(eventClass).type,
      { name: eventClass.name, info: storedEventOf(eventClass) },
    ]),
  );
}

/** A payload remembers its type beside its fields, for the union. */
const TYPE = Symbol('event type');

/** An event remembers the text of its payload as it was stored, and which records its reader may not see in it. */
const STORED = Symbol('stored payload');
interface Stored {
  text: string;
  hidden: readonly string[] | null;
}

/** An event's payload as it was stored, in the version that it was stored in. */
export function storedPayload(event: RecordedEvent): Record<string, unknown> {
  const { text, hidden } = (event as unknown as Record<symbol, Stored>)[STORED];
  return withhold(JSON.parse(text) as Record<string, unknown>, hidden);
}

const EventData = createUnionType({
  name: 'EventData',
  description: "An event's payload, typed: a client that does not know a type reads `payload` instead.",
  types: () => eventData.classes as Type<object>[],
  resolveType: (value: { [TYPE]: string }) => eventData.byType.get(value[TYPE])?.name,
});

@ObjectType({ description: 'Something that was recorded, with everything about its recording.' })
export class RecordedEvent {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => Sequence, { description: 'Its place in the log, from 1.' })
  sequence!: number;

  @Field(() => String, { description: 'The stream it stands in: `case-<id>` for all that belongs to a case.' })
  stream!: string;

  @Field(() => Int, { description: 'Its place in its stream, from 0.' })
  revision!: number;

  @Field(() => String, { description: 'What happened: the name of the event.' })
  type!: string;

  @Field(() => Int, { description: 'The version its payload was stored in; `payload` and `data` are in the newest.' })
  schemaVersion!: number;

  @Field(() => Instant, { description: 'When it was recorded.' })
  recordedAt!: string;

  @Field(() => RecordedBy, { description: 'Who recorded it.' })
  actor!: RecordedBy;

  @Field(() => ID, {
    nullable: true,
    description: 'The key or token it was recorded with; null for Caseledger itself.',
  })
  credential!: string | null;

  @Field(() => Authentication, { description: 'How the actor was recognised.' })
  authentication!: keyof typeof Authentication;

  @Field(() => String, {
    nullable: true,
    description: 'The OIDC provider that vouches for the actor; null for whom this installation itself knows.',
  })
  issuer!: string | null;

  @Field(() => String, { description: "Who the actor is at the issuer; without one, the principal's id." })
  subject!: string;

  @Field(() => ID, { nullable: true, description: 'On whose behalf the actor recorded it.' })
  onBehalfOf!: string | null;

  @Field(() => ID, { nullable: true, description: 'The command that led to it.' })
  commandId!: string | null;

  @Field(() => String, { description: 'Shared by all that belongs to one undertaking.' })
  correlationId!: string;

  @Field(() => String, { description: 'What led to it.' })
  causationId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The W3C Trace Context (`traceparent`) of the request that recorded it; null if it had none.',
  })
  traceparent!: string | null;

  @Field(() => String, { description: 'SHA-256 of its stored metadata and payload, as hex.' })
  hash!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The hash of the event before it in its stream; null for the first.',
  })
  previousHash!: string | null;

  @Field(() => String, { description: 'What happened, in one sentence.' })
  summary!: string;

  /** In the schema by `PayloadField`, with its argument. */
  payload!: Record<string, unknown>;

  @Field(() => EventData, { description: 'All its facts, typed.' })
  data!: object;
}

/** An event as GraphQL answers it. */
export function recordedEvent({ envelope, payload, stored, hidden = null }: ServedEvent): RecordedEvent {
  return {
    ...about(envelope, payload),
    payload,
    data: { ...payload, [TYPE]: envelope.type },
    [STORED]: { text: stored.payload, hidden } satisfies Stored,
  } as RecordedEvent;
}

/** The same as JSON, all its fields but `data`, which is `payload` once more. */
export function recordedText({ envelope, payload, stored, hidden }: ServedEvent): string {
  const { version } = eventData.byType.get(envelope.type)!.info;
  // What is told as it was stored need not be written anew.
  const asStored = envelope.schemaVersion === version && !hidden?.length;
  const text = JSON.stringify(about(envelope, payload));
  return `${text.slice(0, -1)},"payload":${asStored ? stored.payload : JSON.stringify(payload)}}`;
}

/** All but its facts. Each field by name: copying whole objects costs as much as all the rest of telling an event. */
function about(envelope: RecordedEnvelope, payload: Record<string, unknown>): Omit<RecordedEvent, 'payload' | 'data'> {
  const { actor } = envelope;
  return {
    id: envelope.id,
    type: envelope.type,
    schemaVersion: envelope.schemaVersion,
    stream: envelope.stream,
    revision: envelope.revision,
    sequence: envelope.sequence,
    recordedAt: envelope.recordedAt,
    commandId: envelope.commandId,
    correlationId: envelope.correlationId,
    causationId: envelope.causationId,
    traceparent: envelope.traceparent,
    previousHash: envelope.previousHash,
    hash: envelope.hash,
    actor: { id: actor.id, name: actor.name, kind: actor.kind },
    authentication: actor.authentication,
    issuer: actor.issuer,
    subject: actor.subject,
    credential: actor.credential,
    onBehalfOf: actor.onBehalfOf,
    summary: eventData.byType.get(envelope.type)!.info.summary(payload as never),
  };
}
