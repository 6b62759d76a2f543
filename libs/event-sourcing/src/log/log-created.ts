import { Field, ID, ObjectType } from '@nestjs/graphql';
import { StoredEvent } from '../event.js';

@ObjectType({ description: 'The log began: its first event gives it its identity.' })
@StoredEvent<LogCreated>('LogCreated', {
  version: 1,
  stix: 'none: the log of this installation',
  summary: ({ logId }) => `Log ${logId} created`,
})
export class LogCreated {
  @Field(() => ID, { description: "The log's identity, a UUID." })
  logId!: string;
}
