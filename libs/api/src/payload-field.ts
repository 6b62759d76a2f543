import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type GraphQLObjectType, type GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { RecordedEvent, storedPayload } from './recorded-event.js';
import { JsonObject } from './scalars.js';

/** `RecordedEvent.payload`: in the newest version, or as it was stored. */
@Resolver(() => RecordedEvent)
export class PayloadField {
  @ResolveField(() => JsonObject as GraphQLScalarType, {
    description: 'All its facts, as JSON: in the newest version of the event, as `data` has them.',
  })
  payload(
    @Parent() event: RecordedEvent,
    @Args('stored', {
      type: () => Boolean,
      defaultValue: false,
      description: 'True: as it was stored, in the version of `schemaVersion`.',
    })
    stored: boolean,
  ): Record<string, unknown> {
    return stored ? storedPayload(event) : event.payload;
  }
}

/** Resolves it without Nest's way to resolvers, which costs more than the rest of an event. */
export function resolvePayloads(schema: GraphQLSchema): GraphQLSchema {
  const { payload } = (schema.getType('RecordedEvent') as GraphQLObjectType<RecordedEvent>).getFields();
  payload.resolve = (event, { stored }) => (stored ? storedPayload(event) : event.payload);
  return schema;
}
