import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { type Aggregate, type CommandFields, slice } from '#event-sourcing/slice.js';

/** What somebody did that is kept beside the record itself. */
export const ReadKind = { READ: 'READ', BULK: 'BULK', FOLLOWED: 'FOLLOWED', DENIED: 'DENIED' } as const;
export type ReadKind = keyof typeof ReadKind;
registerEnumType(ReadKind, {
  name: 'ReadKind',
  description: 'What somebody did that is kept beside the record itself.',
  valuesMap: {
    READ: { description: 'Read a restricted case, or a record that is limited or privileged.' },
    BULK: { description: 'Was answered very much at once.' },
    FOLLOWED: { description: 'Opened a stream of events, which hands out all that its reader may see.' },
    DENIED: { description: 'Asked for what it may not see or do.' },
  },
});

@ObjectType({ description: 'What one credential read, or was denied, in a stretch of time.' })
export class AccessRead {
  @Field(() => ReadKind, { description: 'What it did.' })
  kind!: ReadKind;

  @Field(() => String, { description: 'Who: the id of the principal.' })
  reader!: string;

  @Field(() => String, { description: 'The name of the principal, as its credential has it.' })
  readerName!: string;

  @Field(() => String, { description: 'The id of the credential that was shown.' })
  credential!: string;

  @Field(() => String, { nullable: true, description: 'The principal that a program stood in for.' })
  onBehalfOf?: string;

  @Field(() => ID, { nullable: true, description: 'The record that was read; null: the case, or none.' })
  recordId?: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The case that was denied; null where there is none, or it is not for you to know.',
  })
  deniedCase?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The operation that was denied, or by which it was looked up who could see; or the way events were followed.',
  })
  what?: string;

  @Field(() => Int, { description: 'How often; of BULK, how many rows in all.' })
  times!: number;

  @Field(() => String, { description: 'When first, RFC 3339, UTC.' })
  firstAt!: string;

  @Field(() => String, { description: 'When last, RFC 3339, UTC.' })
  lastAt!: string;
}

@ObjectType({
  description:
    'Who read a restricted case, or guarded records of a case; without a case: denials, bulk reads and followers.',
})
@StoredEvent<ReadsRecorded>('ReadsRecorded', {
  version: 1,
  stix: 'none: who read what in this installation',
  summary: ({ reads }) => `Access recorded: ${reads.length} ${reads.length === 1 ? 'entry' : 'entries'}`,
})
export class ReadsRecorded {
  @Field(() => ID, { nullable: true, description: 'The case; absent: it concerns none.' })
  ofCase?: string;

  @Field(() => [AccessRead], { description: 'What was read or denied.' })
  reads!: AccessRead[];
}

/** Sent by the server alone. */
export class RecordReads implements CommandFields {
  commandId!: string;
  caseId!: string | null;
  reads!: AccessRead[];
  expectedRevision?: number;
}

/** Before the name of a stream of reads. They are in nobody's feed: each read would tell of readers, and make more to read. */
export const READS_PREFIX = 'access-reads-';

/**
 * Of all that is no read of one case. Denials stand here whether there is such a case or not: whoever asked sees the log grow by as
 * much either way.
 */
const NO_CASE = 'general';

export const readsStream = (caseId: string | null): string => READS_PREFIX + (caseId ?? NO_CASE);

/** A stream for each case; nothing is folded. */
export const readsAggregate: Aggregate<null> = {
  category: 'access',
  initial: () => null,
  subjectOf: (command) => readsStream((command as RecordReads).caseId).slice('access-'.length),
  evolutions: new Map(),
  tailOnly: true,
};

export const recordReads = slice<null, RecordReads>(RecordReads, ({ caseId, reads }) => [
  event(ReadsRecorded, { ofCase: caseId ?? undefined, reads }),
]);
