import { Field, ID, ObjectType } from '@nestjs/graphql';
import { namesOf } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, Prose } from '../fields.js';

@CommandInput(
  'Waives a privilege: only its holder can. The record is open again to all who may read the case, unless something else closes it.',
)
export class WaivePrivilege extends CaseCommand {
  @Id('The privilege.')
  privilegeId!: string;

  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'A privilege was waived by its holder.' })
@StoredEvent<PrivilegeWaived>('PrivilegeWaived', {
  version: 1,
  stix: 'none: privilege is nothing that is exchanged',
  summary: ({ recordId, reason }) => `Privilege on record ${recordId} waived: ${excerpt(reason)}`,
})
export class PrivilegeWaived {
  @Field(() => ID, { description: 'The privilege.' })
  privilegeId!: string;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const waivePrivilege = slice<CaseState, WaivePrivilege>(
  WaivePrivilege,
  ({ privilegeId, reason }, state, context) => {
    const { recordId, holder, waived } = known(state.privileges, privilegeId, 'privilege');
    if (!namesOf(context.actor).some((name) => name === holder)) {
      refuse('NOT_HOLDER', `Only the holder of a privilege can waive it; this one is held by ${holder}.`);
    }
    if (waived) refuse('ALREADY_WAIVED', 'The privilege is waived already.');
    return [event(PrivilegeWaived, { privilegeId, recordId, reason })];
  },
  // Whoever reads the case and holds the privilege: it is no right that a case gives.
  { right: 'READ' },
);
