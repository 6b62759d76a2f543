import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';

@CommandInput('Relieves the lead of a case: nobody leads it until another is assigned.')
export class RelieveLead extends CaseCommand {
  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'The lead of the case was relieved: nobody leads it.' })
@StoredEvent<CaseLeadRelieved>('CaseLeadRelieved', {
  version: 1,
  stix: "none: who works on a case is the house's own",
  summary: ({ lead, reason }) => `Lead relieved: ${lead}${reason ? ` (${excerpt(reason)})` : ''}`,
})
export class CaseLeadRelieved {
  @Field(() => String, { description: "Who led it until then: a principal's id." })
  lead!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const relieveLead = slice<CaseState, RelieveLead>(RelieveLead, ({ reason }, state) => {
  requireOpen(state);
  const { lead } = state;
  if (lead === undefined) return refuse('NO_LEAD', 'Nobody leads the case; assign somebody with assignLead.');
  return [event(CaseLeadRelieved, { lead, reason: reason ?? undefined })];
});
