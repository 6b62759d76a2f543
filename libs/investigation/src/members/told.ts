import { Field, ID, ObjectType } from '@nestjs/graphql';
import { type Class, StoredEvent } from '#event-sourcing/event.js';

@ObjectType({
  description:
    'From here on you may see this case, from its first event on; as one of an outside organisation from here on, unless it is shared with its history. It stands in your feed alone, at the sequence of the event that led to it; it is told by Caseledger, and not stored.',
})
@StoredEvent<CaseShared>('CaseShared', {
  version: 1,
  stix: 'none: what a follower may see',
  summary: ({ caseId }) => `Case ${caseId} may be seen from here on`,
})
export class CaseShared {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;
}

@ObjectType({
  description:
    'From here on you may no longer see this case. It stands in your feed alone, at the sequence of the event that led to it; it is told by Caseledger, and not stored.',
})
@StoredEvent<CaseRevoked>('CaseRevoked', {
  version: 1,
  stix: 'none: what a follower may see',
  summary: ({ caseId }) => `Case ${caseId} may no longer be seen`,
})
export class CaseRevoked {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;
}

/** Entries of feeds that are no events of the log. */
export const toldClasses: readonly Class[] = [CaseShared, CaseRevoked];
