import { Field, ID, ObjectType } from '@nestjs/graphql';
import { handlersByType, StoredEvent } from '#event-sourcing/event.js';
import { type Revision } from '#event-sourcing/log/event-log.js';
import { type Aggregate, evolve } from '#event-sourcing/slice.js';

@ObjectType({
  description:
    'A case claimed a reference to another system, before it recorded it. Who claimed it last has it, if its own stream says so; a claim that nothing came of means nothing.',
})
@StoredEvent<ExternalReferenceClaimed>('ExternalReferenceClaimed', {
  version: 1,
  stix: 'none: only of the log itself',
  summary: ({ system, externalId }) => `Reference to ${system} claimed: ${externalId}`,
})
export class ExternalReferenceClaimed {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => String, { description: 'The other system.' })
  system!: string;

  @Field(() => String, { description: 'The id there.' })
  externalId!: string;
}

/** Who claimed a reference last; nobody in a new stream. */
export interface ReferenceClaims {
  last: { caseId: string; revision: Revision; at: string } | undefined;
}

/** The claims on one reference: `reference-<sha256 of system and id>`. */
export const referenceClaims: Aggregate<ReferenceClaims> = {
  category: 'reference',
  initial: () => ({ last: undefined }),
  evolutions: handlersByType([
    evolve(ExternalReferenceClaimed, (state: ReferenceClaims, { caseId }, { revision, recordedAt }) => {
      state.last = { caseId, revision, at: recordedAt };
    }),
  ]),
  subjectOf: () => undefined,
};
