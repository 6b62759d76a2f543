import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { Prose } from '../fields.js';

@CommandInput('Restricts a case to its members: nobody else can tell that it exists, in no view of the past either.')
export class RestrictCase extends CaseCommand {
  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'The case was restricted to its members.' })
@StoredEvent<CaseRestricted>('CaseRestricted', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ reason }) => `Case restricted: ${excerpt(reason)}`,
})
export class CaseRestricted {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const restrictCase = slice<CaseState, RestrictCase>(
  RestrictCase,
  ({ reason }, { access }) => {
    if (access.restricted) refuse('ALREADY_RESTRICTED', 'The case is restricted already.');
    return [event(CaseRestricted, { reason })];
  },
  { right: 'MANAGE_MEMBERS' },
);
