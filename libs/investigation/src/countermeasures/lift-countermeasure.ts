import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalId, Prose, When } from '../fields.js';
import { requireOrder } from '../step-times.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { requireStage } from './countermeasure-stage.js';

@CommandInput('Records that a countermeasure that was applied is in force no longer.')
export class LiftCountermeasure extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @OptionalId('The party that lifted it.')
  byPartyId?: string | null;

  @Prose('Why.')
  reason!: string;

  @When('When it was lifted.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A countermeasure was lifted.' })
@StoredEvent<CountermeasureLifted>('CountermeasureLifted', {
  version: 1,
  stix: 'task: outcome cancelled',
  summary: ({ reason }) => `Countermeasure lifted: ${excerpt(reason)}`,
})
export class CountermeasureLifted {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that lifted it.' })
  byPartyId?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const liftCountermeasure = slice<CaseState, LiftCountermeasure>(LiftCountermeasure, (command, state) => {
  requireOpen(state);
  const { countermeasureId, byPartyId, reason, occurredAt } = command;
  const { stage, times } = standing(state.countermeasures, countermeasureId, 'countermeasure');
  requireParties(state, [byPartyId]);
  requireStage(stage, ['APPLIED'], 'LIFTED');
  requireOrder(times, { liftedAt: occurredAt }, ['appliedAt', 'liftedAt']);
  return [event(CountermeasureLifted, { countermeasureId, byPartyId, reason, occurredAt } as CountermeasureLifted)];
});
