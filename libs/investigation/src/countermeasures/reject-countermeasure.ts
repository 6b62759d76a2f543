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
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { requireStage } from './countermeasure-stage.js';

@CommandInput('Records that a countermeasure that is not applied was decided against.')
export class RejectCountermeasure extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @OptionalId('The party that decided so.')
  byPartyId?: string | null;

  @Prose('Why.')
  reason!: string;

  @When('When it was rejected.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A countermeasure was decided against.' })
@StoredEvent<CountermeasureRejected>('CountermeasureRejected', {
  version: 1,
  stix: 'task: outcome cancelled',
  summary: ({ reason }) => `Countermeasure rejected: ${excerpt(reason)}`,
})
export class CountermeasureRejected {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that decided so.' })
  byPartyId?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const rejectCountermeasure = slice<CaseState, RejectCountermeasure>(RejectCountermeasure, (command, state) => {
  requireOpen(state);
  const { countermeasureId, byPartyId, reason, occurredAt } = command;
  const { stage } = standing(state.countermeasures, countermeasureId, 'countermeasure');
  requireParties(state, [byPartyId]);
  requireStage(stage, ['PROPOSED', 'APPROVED'], 'REJECTED');
  return [event(CountermeasureRejected, { countermeasureId, byPartyId, reason, occurredAt } as CountermeasureRejected)];
});
