import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalId, OptionalWords, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Text, type TextInput } from '../values/text.js';
import { requireStage } from './countermeasure-stage.js';

@CommandInput('Records that a countermeasure was applied: one that was proposed, approved or lifted.')
export class ApplyCountermeasure extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @OptionalId('The party that applied it.')
  byPartyId?: string | null;

  @OptionalWords('How, if not as it was proposed.')
  remark?: TextInput | null;

  @When('When it was applied.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A countermeasure was applied.' })
@StoredEvent<CountermeasureApplied>('CountermeasureApplied', {
  version: 1,
  stix: 'task: implemented-control',
  summary: () => 'Countermeasure applied',
})
export class CountermeasureApplied {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => ID, { nullable: true, description: 'The party that applied it.' })
  byPartyId?: string;

  @Field(() => Text, { nullable: true, description: 'How, if not as it was proposed.' })
  remark?: Text;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const applyCountermeasure = slice<CaseState, ApplyCountermeasure>(ApplyCountermeasure, (command, state) => {
  requireOpen(state);
  const { countermeasureId, byPartyId, remark, occurredAt } = command;
  const { stage } = standing(state.countermeasures, countermeasureId, 'countermeasure');
  requireParties(state, [byPartyId]);
  requireStage(stage, ['PROPOSED', 'APPROVED', 'LIFTED'], 'APPLIED');
  return [event(CountermeasureApplied, { countermeasureId, byPartyId, remark, occurredAt } as CountermeasureApplied)];
});
