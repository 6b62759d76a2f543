import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { standing } from '../correctable.js';
import { Id, Prose, When } from '../fields.js';
import { requireOrder } from '../step-times.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';

@CommandInput('Records that an engagement of counsel ended.')
export class EndCounselEngagement extends CaseCommand {
  @Id('The engagement.')
  counselEngagementId!: string;

  @Prose('Why.')
  reason!: string;

  @When('When it ended.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'An engagement of counsel ended.' })
@StoredEvent<CounselEngagementEnded>('CounselEngagementEnded', {
  version: 1,
  stix: 'task: external-support, outcome successful',
  summary: ({ reason }) => `An engagement of counsel ended: ${excerpt(reason)}`,
})
export class CounselEngagementEnded {
  @Field(() => ID, { description: 'The engagement.' })
  counselEngagementId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const endCounselEngagement = slice<CaseState, EndCounselEngagement>(EndCounselEngagement, (command, state) => {
  requireOpen(state);
  const { counselEngagementId, reason, occurredAt } = command;
  const { stage, times } = standing(state.counselEngagements, counselEngagementId, 'engagement');
  if (stage === 'ENDED') refuse('ALREADY_ENDED', 'The engagement has ended already.');
  requireOrder(times, { endedAt: occurredAt }, ['engagedAt', 'endedAt']);
  return [event(CounselEngagementEnded, { counselEngagementId, reason, occurredAt })];
});
