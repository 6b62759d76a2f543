import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { Prose } from '../fields.js';

@CommandInput('Opens a restricted case to all who see cases by their role.')
export class UnrestrictCase extends CaseCommand {
  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'The case was opened to all who see cases by their role.' })
@StoredEvent<CaseUnrestricted>('CaseUnrestricted', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ reason }) => `Case unrestricted: ${reason}`,
})
export class CaseUnrestricted {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const unrestrictCase = slice<CaseState, UnrestrictCase>(
  UnrestrictCase,
  ({ reason }, { access }) => {
    if (!access.restricted) refuse('NOT_RESTRICTED', 'The case is not restricted.');
    return [event(CaseUnrestricted, { reason })];
  },
  { right: 'MANAGE_MEMBERS' },
);
