import { Field, Int, ObjectType } from '@nestjs/graphql';
import { event, handlersByType, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Aggregate, type CommandFields, evolve, slice } from '#event-sourcing/slice.js';
import { ALREADY_RECORDED } from '../groups/record-claims.js';

@ObjectType({
  description:
    'From here on who may see and do what follows from this table: a server was started whose policy is not the one recorded last.',
})
@StoredEvent<AccessPolicyRecorded>('AccessPolicyRecorded', {
  version: 1,
  stix: 'none: who may see what in this installation',
  summary: ({ policyVersion, policyDigest }) => `Access policy version ${policyVersion} (${policyDigest.slice(0, 12)})`,
})
export class AccessPolicyRecorded {
  @Field(() => Int, { description: 'The number of the table, raised whenever it changes.' })
  policyVersion!: number;

  @Field(() => String, { description: 'SHA-256 of the text of the table, as hex.' })
  policyDigest!: string;

  @Field(() => String, {
    description: 'The whole table, as JSON (RFC 8785): the rules by their names, with the roles they are for.',
  })
  policyTable!: string;
}

/** Sent by the server alone, at its start. */
export class RecordPolicy implements CommandFields {
  commandId!: string;
  version!: number;
  digest!: string;
  table!: string;
}

export interface PolicyState {
  /** The table in force; null before the first was recorded. */
  current: AccessPolicyRecorded | null;
}

/** All tables there ever were stand in one stream: from each until the next one it was in force. */
export const POLICY_STREAM = 'access-policy';

export const policyAggregate: Aggregate<PolicyState> = {
  category: 'access',
  initial: () => ({ current: null }),
  subjectOf: () => 'policy',
  evolutions: handlersByType([
    evolve(AccessPolicyRecorded, (state: PolicyState, recorded) => {
      state.current = recorded;
    }),
  ]),
};

export const recordPolicy = slice<PolicyState, RecordPolicy>(
  RecordPolicy,
  ({ version, digest, table }, { current }) => {
    if (current?.policyDigest === digest) refuse(ALREADY_RECORDED, 'This table is the one recorded last.');
    return [event(AccessPolicyRecorded, { policyVersion: version, policyDigest: digest, policyTable: table })];
  },
);
