import { Field, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { MOST_PRINCIPAL } from '#access/principal.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';
import { requireMembers } from './assignment-state.js';

@CommandInput('Says who leads the case, in place of whoever led it before.')
export class AssignLead extends CaseCommand {
  @Field(() => String, {
    description: `The principal's id, 1-${MOST_PRINCIPAL} characters: a member of the case by name. Whoever is removed leads no longer.`,
  })
  @Length(1, MOST_PRINCIPAL)
  lead!: string;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'Somebody leads the case from now on.' })
@StoredEvent<CaseLeadAssigned>('CaseLeadAssigned', {
  version: 1,
  stix: "none: who works on a case is the house's own",
  summary: ({ lead, reason }) => `Case led by ${lead}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseLeadAssigned {
  @Field(() => String, { description: "The lead: a principal's id." })
  lead!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const assignLead = slice<CaseState, AssignLead>(AssignLead, ({ lead, reason }, state) => {
  requireOpen(state);
  requireMembers(state, [lead]);
  if (state.lead === lead) refuse('NOTHING_CHANGED', `The case is led by ${lead} already.`);
  return [event(CaseLeadAssigned, { lead, reason: reason ?? undefined })];
});
