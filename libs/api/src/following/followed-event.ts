import { Field, ObjectType } from '@nestjs/graphql';
import { type Told } from '#read-models/following/subscriber.js';
import { type ServedEvent } from '#read-models/read-session.js';
import { RecordedEvent, recordedEvent, recordedText } from '../recorded-event.js';
import { Sequence } from '../scalars.js';

@ObjectType({ description: 'What a follower is told: an event, or that there is none left.' })
export class FollowedEvent {
  @Field(() => RecordedEvent, {
    nullable: true,
    description: 'The event; null where there is nothing to tell but that the follower has caught up.',
  })
  event!: RecordedEvent | null;

  @Field(() => String, { description: 'Where to go on: give it as `after` once this has been dealt with.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'Whether there was nothing more to tell.' })
  caughtUp!: boolean;

  @Field(() => Sequence, { description: 'The last event that could be read at that moment, whoever may see it.' })
  head!: number;
}

/** Many followers are told the same event: it is made into what clients see once. */
const recorded = new WeakMap<ServedEvent, RecordedEvent>();
const texts = new WeakMap<ServedEvent, string>();

/** As GraphQL answers it. */
export function followedEvent({ event, caughtUp, head }: Told, cursor: string): FollowedEvent {
  return { event: event && recordedOnce(event), cursor, caughtUp, head };
}

/** The same as JSON, all its fields but `data`, which is `payload` once more. */
export function followedText({ event, caughtUp, head }: Told, cursor: string): string {
  return `{"event":${event ? textOnce(event) : 'null'},"cursor":"${cursor}","caughtUp":${caughtUp},"head":${head}}`;
}

function recordedOnce(event: ServedEvent): RecordedEvent {
  let made = recorded.get(event);
  if (!made) recorded.set(event, (made = recordedEvent(event)));
  return made;
}

function textOnce(event: ServedEvent): string {
  let text = texts.get(event);
  if (text === undefined) texts.set(event, (text = recordedText(event)));
  return text;
}
