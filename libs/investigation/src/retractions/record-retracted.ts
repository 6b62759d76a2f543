import { Field, ID, ObjectType } from '@nestjs/graphql';
import { StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';

@ObjectType({ description: 'A record was taken back: it no longer counts, and stays visible.' })
@StoredEvent<RecordRetracted>('RecordRetracted', {
  version: 1,
  stix: 'any: revoked',
  summary: ({ recordKind, reason }) => `Retracted, ${recordKind}: ${excerpt(reason)}`,
})
export class RecordRetracted {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { description: 'What kind of record it is: `observation`, `party`, …' })
  recordKind!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}
