import { Field, ID, ObjectType } from '@nestjs/graphql';
import { handlersByType, StoredEvent } from '#event-sourcing/event.js';
import { type Revision } from '#event-sourcing/log/event-log.js';
import { type Aggregate, evolve } from '#event-sourcing/slice.js';

@ObjectType({
  description:
    'A case claimed to be merged into another, before it recorded it. What its own stream says counts; a claim that nothing came of means nothing.',
})
@StoredEvent<CaseMergeClaimed>('CaseMergeClaimed', {
  version: 1,
  stix: 'none: only of the log itself',
  summary: ({ caseId, intoCaseId }) => `Merge of ${caseId} into ${intoCaseId} claimed`,
})
export class CaseMergeClaimed {
  @Field(() => ID, { description: 'The case that is to be merged.' })
  caseId!: string;

  @Field(() => ID, { description: 'The case that it is to be merged into.' })
  intoCaseId!: string;
}

export interface MergeClaim {
  caseId: string;
  into: string;
  revision: Revision;
  at: string;
}

/** The last claim of each case that ever was to be merged. */
export interface MergeClaims {
  last: Map<string, MergeClaim>;
}

/**
 * One stream for all cases, `merging-cases`, so that of two merges that would make a chain one comes first and the other sees
 * it. It grows by an event with each merge.
 */
export const mergeClaims: Aggregate<MergeClaims> = {
  category: 'merging',
  initial: () => ({ last: new Map() }),
  evolutions: handlersByType([
    evolve(CaseMergeClaimed, ({ last }: MergeClaims, { caseId, intoCaseId }, { revision, recordedAt }) => {
      last.set(caseId, { caseId, into: intoCaseId, revision, at: recordedAt });
    }),
  ]),
  subjectOf: () => undefined,
};
export const ALL_MERGES = 'cases';
