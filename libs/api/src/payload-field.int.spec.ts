import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Field, GraphQLSchemaBuilderModule, GraphQLSchemaFactory, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { graphql, type GraphQLSchema } from 'graphql';
import { openEnvelope, sealEvent } from '#event-sourcing/envelope.js';
import { StoredEvent } from '#event-sourcing/event.js';
import { EventRegistry } from '#event-sourcing/registry.js';
import { ann } from '../../../test/builders/actors.js';
import { PayloadField, resolvePayloads } from './payload-field.js';
import { RecordedEvent, recordedEvent, serveEvents } from './recorded-event.js';

@ObjectType({ description: 'A door was painted; version 1 had the colour alone, as `color`.' })
@StoredEvent<DoorPainted>('DoorPainted', {
  version: 2,
  summary: ({ colour }) => `Painted ${colour}`,
  upcasters: { 1: ({ color }) => ({ colour: color, coats: 1 }) },
})
class DoorPainted {
  @Field(() => String, { description: 'Of the door.' })
  colour!: string;

  @Field(() => Number, { description: 'Of paint.' })
  coats!: number;
}

@Resolver()
class Door {
  @Query(() => RecordedEvent, { description: 'What happened to the door.' })
  event(): RecordedEvent | null {
    return null;
  }
}

/** An event of version 1, as today’s software serves it. */
function painted(): RecordedEvent {
  const properties = { colour: { type: 'string' }, coats: { type: 'number' } };
  const schemas = [1, 2].map(
    (version) => [`DoorPainted.v${version}`, { title: `DoorPainted.v${version}`, properties }] as const,
  );
  const registry = new EventRegistry([DoorPainted], new Map(schemas));
  const recorded = { recordedAt: '2025-01-24T09:30:00.000Z', actor: ann, commandId: 'c1', commandHash: null };
  const ids = { correlationId: 'x1', causationId: 'c1', previousHash: null };
  const place = { id: 'e1', type: 'DoorPainted', schemaVersion: 1, stream: 'door-1', revision: 0 };
  const stored = {
    ...sealEvent({ ...place, ...recorded, ...ids }, { color: 'red' }),
    ...{ stream: 'door-1', revision: 0, sequence: 2, position: '2' },
  };
  const payload = registry.decode(stored.type, stored.schemaVersion, stored.payload);
  return recordedEvent({ envelope: openEnvelope(stored), payload, stored });
}

describe('the payload of an event that was stored in an earlier version', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    serveEvents([DoorPainted]);
    const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
    schema = resolvePayloads(await app.get(GraphQLSchemaFactory).create([Door, PayloadField]));
    await app.close();
  });

  it.each([
    ['payload', { colour: 'red', coats: 1 }],
    ['payload(stored: false)', { colour: 'red', coats: 1 }],
    ['payload(stored: true)', { color: 'red' }],
  ])('is %s: %j', async (field, value) => {
    const source = `{ event { schemaVersion found: ${field} data { ... on DoorPainted { colour coats } } } }`;
    const { data, errors } = await graphql({ schema, source, rootValue: { event: painted() } });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ event: { schemaVersion: 1, found: value, data: { colour: 'red', coats: 1 } } });
  });
});
