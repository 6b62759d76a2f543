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

@CommandInput('Records that a cooperation with authorities ended.')
export class CloseCooperation extends CaseCommand {
  @Id('The cooperation.')
  cooperationId!: string;

  @Prose('Why.')
  reason!: string;

  @When('When it ended.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A cooperation with authorities ended.' })
@StoredEvent<CooperationClosed>('CooperationClosed', {
  version: 1,
  stix: 'task: external-support, outcome successful',
  summary: ({ reason }) => `A cooperation with authorities ended: ${excerpt(reason)}`,
})
export class CooperationClosed {
  @Field(() => ID, { description: 'The cooperation.' })
  cooperationId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const closeCooperation = slice<CaseState, CloseCooperation>(CloseCooperation, (command, state) => {
  requireOpen(state);
  const { cooperationId, reason, occurredAt } = command;
  const { stage, times } = standing(state.cooperations, cooperationId, 'cooperation');
  if (stage === 'CLOSED') refuse('ALREADY_CLOSED', 'The cooperation has ended already.');
  requireOrder(times, { closedAt: occurredAt }, ['openedAt', 'closedAt']);
  return [event(CooperationClosed, { cooperationId, reason, occurredAt })];
});
